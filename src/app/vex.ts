// The VEX documents that a policy names, read where the policy is read: what they say is part of it from then on.
import { sha256 } from '../certificate/ledger/seal.ts'
import type { Config, Resolved } from '../model/config.ts'
import { CertifyError, type Problem } from '../model/problem.ts'
import type { VexEntry } from '../model/vex.ts'
import type { Ports } from './ports.ts'

type Read = Pick<VexEntry, 'statements' | 'sha256'>

/** Nothing in a document keeps the run from being judged: one that cannot be read is said, and then no document suppresses anything. */
export async function withVex<R extends Pick<Resolved, 'config' | 'notices' | 'digest'>>(
  resolved: R,
  policy: Pick<Ports['policy'], 'trusted'>,
  branch?: string,
): Promise<R> {
  const { config } = resolved
  if (config?.vex === undefined) return resolved
  const [{ readVex }, { digestOf }] = await Promise.all([import('../evidence/vex.ts'), import('../config/digest.ts')])
  const problems: Problem[] = []
  const read = async ({ file }: VexEntry): Promise<Read> => {
    try {
      const { text } = await policy.trusted(file, branch)
      if (text === null) throw new CertifyError('vex_missing', 'does not exist where the policy is read')
      return { statements: readVex(file, text), sha256: sha256(text) }
    } catch (error) {
      if (!(error instanceof CertifyError)) throw error
      problems.push(unread(file, error))
      return { statements: [], sha256: null }
    }
  }
  const vex = await Promise.all(config.vex.map(async (entry) => ({ ...entry, ...(await read(entry)) })))
  problems.sort((a, b) => (a.message < b.message ? -1 : 1))
  problems.push(...vex.flatMap(withoutReason))
  const whole = { ...config, vex }
  return { ...resolved, config: whole, notices: [...resolved.notices, ...problems], digest: digestOf(whole) }
}

/** Of those documents the files that a pull request has in another version. What it changes did not count, and is shown (proof 11). */
export async function vexInHead(
  config: Config,
  policy: Pick<Ports['policy'], 'head'>,
  asked: (path: string) => boolean,
): Promise<string[]> {
  const files = new Map((config.vex ?? []).map(({ file, sha256 }) => [file, sha256]))
  const changed = await Promise.all(
    [...files].map(async ([file, trusted]) => {
      const text = asked(file) ? await policy.head(file) : null
      return text === null || sha256(text) === trusted ? [] : [`${file}: another VEX document in this pull request`]
    }),
  )
  return changed.flat()
}

function unread(path: string, error: CertifyError): Problem {
  const [problem] = error.problems
  const place =
    problem?.line === undefined ? {} : { line: problem.line, ...(problem.column !== undefined && { column: problem.column }) }
  return {
    code: 'vex_unreadable',
    message: `the VEX document ${path} was not read (${error.message}), so no VEX document suppresses anything`,
    hint: 'name an OpenVEX or CycloneDX JSON document that is on the branch of the policy',
    path,
    ...place,
  }
}

/** OpenVEX asks for a reason, and so does who has to take its word. */
function withoutReason({ file, statements }: VexEntry): Problem[] {
  const silent = statements.filter(({ status, why }) => status === 'not_affected' && why === null)
  if (silent.length === 0) return []
  const names = silent.slice(0, 3).map(({ vulnerability }) => vulnerability[0])
  return [
    {
      code: 'vex_without_reason',
      message: `${file} says without a reason that nothing is affected by ${names.join(', ')}${silent.length > 3 ? ` and ${silent.length - 3} more` : ''}: that suppresses nothing`,
      hint: 'add a justification or an impact statement (CycloneDX: a justification or a detail)',
      path: file,
    },
  ]
}
