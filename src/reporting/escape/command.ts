// Workflow commands (`::error file=..::message`): the runner's own escapes, as @actions/core does them, on visible text only.
import { plain } from './plain.ts'

// The runner cuts messages at 4096 characters (ExecutionContext.cs).
const LONGEST_MESSAGE = 4_000

export function commandData(text: string): string {
  return text
    .split('\n')
    .map((line) => plain(line, LONGEST_MESSAGE))
    .join('\n')
    .slice(0, LONGEST_MESSAGE)
    .replaceAll('##[', '## [')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
}

export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
