// The policy that a record names, known again by the hash it is named by.
import { sha256 } from '../../certificate/ledger/seal.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import { objectPath } from '../../model/ledger.ts'
import { broken } from '../ledger/append.ts'
import type { OpenLedger } from '../ledger/store-of.ts'

/** Throws CertifyError `ledger_broken` where it is not there, or is not what its name says. */
export async function policyOf({ policy }: EvaluationData, { store, tip }: OpenLedger): Promise<ResolvedPolicy> {
  const [bytes] = policy === null ? [null] : await store.read(tip.version, [objectPath(policy.object)])
  if (bytes === null || bytes === undefined) throw broken(store, 'the policy of the evaluation is missing')
  if (sha256(bytes) !== policy?.object) throw broken(store, 'the policy of the evaluation was changed')
  return JSON.parse(new TextDecoder().decode(bytes)) as ResolvedPolicy
}
