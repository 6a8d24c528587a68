// Whether GitHub confirms what an unsigned certificate rests on: its run, and the approvals as they were given (decision 47).
import { reachOf } from '../../certificate/covered.ts'
import type { Chosen } from '../../certificate/door.ts'
import type { Certificate } from '../../model/certificate.ts'
import type { Resolved } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import { misfitOf, stillHolds } from '../gate/still-holds.ts'
import type { Ports } from '../ports.ts'
import type { LedgerAsked } from './asked-ledger.ts'
import { certifiableOf, type Issuable, underPolicy } from './issuable.ts'
import { unsignedProblem } from './remade.ts'

/** `policy`: of today. What GitHub does not confirm, as the end of a sentence; `''`: it confirms all of it; null: it cannot be asked. */
export async function unconfirmedBy(
  { certificate, held }: Chosen,
  { chain, ledger }: LedgerAsked,
  policy: Pick<Resolved, 'config' | 'loosened' | 'digest'>,
  ports: Ports,
): Promise<string | null> {
  const { config, loosened, digest } = policy
  if (certificate === null || held === null || chain === null || ledger.state !== 'read' || ports.reviews === null) return null
  if (config === null) return 'its policy cannot be resolved'
  try {
    const issuable = underPolicy(certifiableOf(certificate, chain), { config, loosened })
    return (
      openProblem(certificate, issuable) ||
      unsignedProblem(held, ledger.history, issuable) ||
      (await githubProblem(issuable, digest, ports))
    )
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return error.message
  }
}

/** What the certificate says that its evaluation, with what people said of it, does not give; `''`: nothing. */
export function openProblem({ evaluation, level }: Certificate, { record, evaluation: { policy }, judged }: Issuable): string {
  if (evaluation.hash !== record.hash) return `record ${record.header.seq} is a newer evaluation of that commit`
  return reachOf(judged.result, policy.config).level >= level ? '' : `the gates up to level ${level} are not open`
}

/** What GitHub says otherwise of the approvals, or of the run where nobody had to approve; `''`: nothing. */
export async function githubProblem(issuable: Issuable, digest: string | null, ports: Ports): Promise<string> {
  return issuable.approvals.length === 0 ? runProblem(issuable, ports) : approvalsProblem(issuable, digest, ports)
}

class Unheld extends Error {}

/** The first approval that no longer is one; `''`: each still is. */
async function approvalsProblem({ approvals, evaluation }: Issuable, digest: string | null, ports: Ports): Promise<string> {
  const refuse = (why: string): never => {
    throw new Unheld(why)
  }
  for (const { approval } of approvals) {
    try {
      await stillHolds(approval, evaluation, { digest, refuse, ports })
    } catch (error) {
      if (!(error instanceof Unheld)) throw error
      return `the approval of gate ${approval.gate}: ${error.message}`
    }
  }
  return ''
}

/** Where nobody had to approve, the run at least is one of that commit, and of its branch. */
async function runProblem({ evaluation: { data } }: Issuable, ports: Ports): Promise<string> {
  const { run } = data.subject
  const facts = run === null || ports.reviews === null ? null : await ports.reviews.about(data.subject).runFacts(run)
  const { commit, ref } = data.subject
  return misfitOf(facts, { run, commit, ref }) ?? ''
}
