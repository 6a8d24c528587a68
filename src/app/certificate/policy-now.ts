// The policy of today as the certified evaluation would be judged by it: what its step asked for beside the policy belongs to it.
import type { Chosen } from '../../certificate/door.ts'
import { asEvaluated } from '../gate.ts'
import type { Invocation } from '../invocation.ts'
import { decidePolicy } from '../policy.ts'
import type { Ports } from '../ports.ts'
import type { LedgerAsked } from './asked-ledger.ts'
import { evaluationIn } from './issuable.ts'

/** `sha256:...`; null: there is none that can be resolved. */
export async function policyNow(
  { certificate }: Chosen,
  { chain }: LedgerAsked,
  invocation: Invocation,
  ports: Ports,
): Promise<string | null> {
  const record = certificate === null || chain === null ? null : evaluationIn(certificate.evaluation, chain)
  const asked = record === null ? invocation : asEvaluated(invocation, record)
  const { resolved } = await decidePolicy({ ...asked, level: undefined }, ports)
  return resolved.digest
}
