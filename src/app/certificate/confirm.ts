// Whether GitHub confirms what an unsigned certificate rests on: its run, and the approvals as they were given (decision 47).
import type { Chosen } from '../../certificate/door.ts'
import { CertifyError } from '../../model/problem.ts'
import { stillHolds } from '../gate/still-holds.ts'
import type { Invocation } from '../invocation.ts'
import type { Ports } from '../ports.ts'
import type { LedgerAsked } from './asked-ledger.ts'
import { type Issuable, issuableOf } from './issuable.ts'
import { policyNow } from './policy-now.ts'

/** What GitHub does not confirm, as the end of a sentence; `''`: it confirms all of it; null: it cannot be asked. */
export async function unconfirmedBy(
  chosen: Chosen,
  asked: LedgerAsked,
  invocation: Invocation,
  ports: Ports,
): Promise<string | null> {
  const { certificate } = chosen
  if (certificate === null || asked.chain === null || ports.reviews === null) return null
  const digest = await policyNow(chosen, asked, invocation, ports)
  try {
    const issuable = issuableOf(certificate.commit, certificate.name, asked.chain)
    if (issuable.approvals.length === 0) return await runProblem(issuable, ports)
    return await approvalsProblem(issuable, digest, ports)
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return error.message
  }
}

class Unheld extends Error {}

/** The first approval that no longer is one; `''`: each still is. */
export async function approvalsProblem(
  { approvals, evaluation }: Issuable,
  digest: string | null,
  ports: Ports,
): Promise<string> {
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

/** Where nobody had to approve, the run at least is one of that commit. */
async function runProblem({ evaluation: { data } }: Issuable, ports: Ports): Promise<string> {
  const { run, commit } = data.subject
  const facts = run === null || ports.reviews === null ? null : await ports.reviews.about(data.subject).runFacts(run)
  return facts?.commit === commit ? '' : `run ${run ?? '?'} is not one of commit ${(commit ?? '').slice(0, 12)}`
}
