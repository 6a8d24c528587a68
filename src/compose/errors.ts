// How an error that ends a command is told to a person.
import { CertifyError } from '../model/problem.ts'

/** One line, the fix, then every problem with its place; a bug of ours shows its stack. Text is stripped of control characters. */
export function tellError(error: unknown): string {
  if (!(error instanceof CertifyError)) {
    return plain(
      `certify itself failed, which is a bug: please report it with this text.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
  }
  const lines = [`error: ${error.message}`]
  if (error.hint !== undefined) lines.push(`  fix: ${error.hint}`)
  for (const problem of error.problems) {
    const place = [problem.path, problem.line, problem.column].filter((part) => part !== undefined).join(':')
    lines.push(`  ${place}${place === '' ? '' : ' '}${problem.message}${problem.hint === undefined ? '' : ` (${problem.hint})`}`)
  }
  return plain(`${lines.join('\n')}\n`)
}

function plain(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
}
