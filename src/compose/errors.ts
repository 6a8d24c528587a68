// How an error that ends a command is told to a person.
import { CertifyError } from '../model/problem.ts'

/** One line, the fix, then every problem with its place, a line each; a bug of ours shows its stack. No control character stays. */
export function tellError(error: unknown): string {
  if (!(error instanceof CertifyError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return told(['certify itself failed, which is a bug: please report it with this text.', ...text.split('\n')])
  }
  const lines = [`error: ${error.message}`]
  if (error.hint !== undefined) lines.push(`  fix: ${error.hint}`)
  for (const problem of error.problems) {
    const place = [problem.path, problem.line, problem.column].filter((part) => part !== undefined).join(':')
    lines.push(`  ${place}${place === '' ? '' : ' '}${problem.message}${problem.hint === undefined ? '' : ` (${problem.hint})`}`)
  }
  return told(lines)
}

/** What stdout holds under `--json` where a command ends in an error: still exactly one document. */
export function errorDocument(error: unknown): string {
  const known =
    error instanceof CertifyError ? error : new CertifyError('internal', 'certify itself failed; stderr has the details')
  const { code, message, hint = null, problems } = known
  return `${JSON.stringify({ error: { code, message, hint, problems } }, null, 2)}\n`
}

function told(lines: string[]): string {
  return `${lines.map((line) => line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')).join('\n')}\n`
}
