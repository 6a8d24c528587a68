// The Action's log. What is printed can quote evidence, so no line may become a workflow command (github-facts.md 7.1).
import { error, info, setSecret, warning } from '@actions/core'
import type { Log } from '../../app/ports.ts'

export class ActionsLog implements Log {
  info(text: string): void {
    info(harmless(text))
  }

  /** A warning annotation on the run. The toolkit escapes line ends and percent signs. */
  warn(text: string): void {
    warning(printable(text), { title: 'certify' })
  }

  error(text: string): void {
    error(printable(text), { title: 'certify' })
  }

  progress(text: string): void {
    info(harmless(text))
  }

  /** Workflow commands, already escaped by their renderer: the one thing that is meant to be read as a command. */
  commands(lines: readonly string[]): void {
    for (const line of lines) process.stdout.write(`${line}\n`)
  }

  mask(secret: string): void {
    for (const line of secret.split(/\r?\n/)) if (line.trim() !== '') setSecret(line)
  }
}

/** Text that the runner prints as it is: `::` opens a command at the start of a line, `##[` anywhere. */
export function harmless(text: string): string {
  return printable(text)
    .split('\n')
    .map((line) => line.replace(/^(\s*):+(?=:)/, '$1: ').replace(/##\[/g, '## ['))
    .join('\n')
}

/** Control characters but tab and line feed are shown as a dot; escape sequences for colour are kept. */
function printable(text: string): string {
  // A lone carriage return also ends a line for the runner.
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\u001b(?!\[[0-9;]{0,12}m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f\u0080-\u009f\u2028\u2029]/g, '·')
}
