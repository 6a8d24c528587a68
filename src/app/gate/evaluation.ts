// What a gate job starts from: the evaluation of this run as it was left, the policy it was judged by, and the gates before.
import type { GateApproval } from '../../model/approval.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import type { EvaluationData, RecordedFacts } from '../../model/evaluation.ts'
import { gateFolder } from '../../model/gate-record.ts'
import { objectPath } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Invocation } from '../invocation.ts'
import { openPending, PENDING_FILE, pendingDigest } from '../ledger/pending.ts'
import type { Ports } from '../ports.ts'

const MAX_BYTES = 64 * 1024 * 1024

export interface Evaluation {
  data: EvaluationData
  facts: RecordedFacts
  policy: ResolvedPolicy
  /** Id of its record. */
  id: string
}

/** Throws CertifyError where it is not there, was altered, is of another run or commit, or could not be judged. */
export function evaluationOf({ reportDir, recordDigest }: Invocation, ports: Ports): Evaluation {
  const path = `${reportDir}/${PENDING_FILE}`
  if (recordDigest === undefined) {
    throw new CertifyError('usage', 'gate needs the digest of what evaluate left', {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user has to write.
      hint: 'record-digest: ${{ needs.<job of evaluate>.outputs.record-digest }}',
    })
  }
  const pending = openPending(bytesOf(path, ports), path, recordDigest)
  const draft = pending.drafts.find((one) => one.type === 'evaluation')
  const data = draft?.data as EvaluationData | undefined
  const { run, commit } = ports.subject
  if (draft === undefined || data === undefined || data.subject.run !== run || data.subject.commit !== commit) {
    throw new CertifyError('record_foreign', `${path} is not the evaluation of this run and commit`, {
      hint: 'pass on the report and the record-digest of the evaluating job of the same run',
    })
  }
  const text = data.policy === null ? undefined : pending.objects[objectPath(data.policy.object)]
  if (data.facts === null || text === undefined)
    throw new CertifyError('not_judged', 'the evaluation could not judge, so there is nothing to approve', {
      hint: 'mend what its summary names',
    })
  return { data, facts: data.facts, policy: JSON.parse(text) as ResolvedPolicy, id: draft.id }
}

/** What people said of earlier gates of this attempt, each known again by its digest; of the same evidence, policy and commit. */
export function gatesBefore({ after }: Invocation, { data }: Evaluation, ports: Ports): GateApproval[] {
  return after.flatMap((line) => {
    const [, gate, digest] = /^([1-4]):(sha256:[0-9a-f]{64})$/.exec(line) ?? []
    if (gate === undefined || digest === undefined)
      throw new CertifyError('usage', `after holds "${line.slice(0, 80)}"`, {
        hint: 'one line for each gate before: 3:sha256:...',
      })
    const path = `${gateFolder(Number(gate))}/gate.json`
    const bytes = bytesOf(path, ports)
    const found = pendingDigest(bytes)
    if (found !== digest)
      throw new CertifyError(
        'gate_altered',
        `${path} is not what gate ${gate} left: its digest is ${found}, expected is ${digest}`,
        {
          hint: 'download the artifact of the same run',
        },
      )
    const approval = JSON.parse(new TextDecoder().decode(bytes)) as GateApproval
    // Nobody was asked: the gate is judged without.
    if (approval.gate === Number(gate) && approval.slots === undefined) return []
    const foreign = foreignTo(approval, Number(gate), data, ports)
    if (foreign !== null)
      throw new CertifyError('gate_foreign', `${path} ${foreign}`, { hint: 're-run all jobs, and have the gates approved again' })
    return approval
  })
}

/** Why it is not an approval of that gate for what is asked now; null: it is. */
function foreignTo(approval: GateApproval, gate: number, data: EvaluationData, { subject }: Ports): string | null {
  if (approval.gate !== gate) return `is of gate ${approval.gate}, not of gate ${gate}`
  if (approval.state !== 'approved') return `says that gate ${gate} is ${approval.state}, not approved`
  if (approval.run !== subject.run || approval.attempt !== (subject.attempt ?? 1)) return 'is of another run or attempt'
  if (approval.commit !== data.subject.commit) return 'was given for another commit'
  if (approval.evidenceDigest !== data.evidenceDigest) return 'was given for other evidence'
  return approval.policyDigest === data.policy?.digest ? null : 'was given under another policy'
}

function bytesOf(path: string, ports: Ports): Uint8Array {
  const text = ports.files.readText(path, MAX_BYTES)
  if (text === null)
    throw new CertifyError('pending_missing', `${path} does not exist`, {
      hint: 'download the artifact that the earlier job uploaded',
    })
  return new TextEncoder().encode(text)
}
