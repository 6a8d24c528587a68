// Foreign text for a terminal, and finished lines for a log: no sequence moves the cursor, no line is a workflow command.
import { plain } from './plain.ts'

/** One piece of foreign text, on one line. */
export function terminalText(text: string, max?: number): string {
  return plain(text, max)
}

/**
 * Text that may span lines (a stack, a finished report) so that the runner takes none of it for a command: `##[` counts
 * anywhere in a line, `::` only at its start (runner, ActionCommand.cs). Control characters but newline are removed.
 */
export function escapeTerminal(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => guardLine(indentOf(line) + plain(line, 10_000)))
    .join('\n')
}

/** A line that is already free of control characters, or holds only colour of our own. */
export function guardLine(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ')
}

function indentOf(line: string): string {
  return /^ {0,40}/.exec(line)![0]
}
