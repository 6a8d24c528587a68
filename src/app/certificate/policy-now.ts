// The policy of today as the certified evaluation would be judged by it: what its step asked for beside the policy belongs to it.
import type { Chosen } from '../../certificate/door.ts'
import type { Resolved } from '../../model/config.ts'
import { asEvaluated } from '../gate.ts'
import type { Invocation } from '../invocation.ts'
import { decidePolicy } from '../policy.ts'
import type { Ports } from '../ports.ts'
import type { LedgerAsked } from './asked-ledger.ts'
import { evaluationIn } from './issuable.ts'

/** Its digest is null where it cannot be resolved. */
export async function policyNow(
  { certificate }: Chosen,
  { chain }: LedgerAsked,
  invocation: Invocation,
  ports: Ports,
): Promise<Pick<Resolved, 'config' | 'loosened' | 'digest'>> {
  const record = certificate === null || chain === null ? null : evaluationIn(certificate.evaluation, chain)
  const asked = record === null ? invocation : asEvaluated(invocation, record)
  const { resolved } = await decidePolicy({ ...asked, level: undefined }, ports)
  return resolved
}
