// `certify replay RECORD`: recomputes a recorded decision offline, and says whether it is the same, or where it first differs.
import { openRecord } from '../certificate/ledger/seal.ts'
import type { ResolvedPolicy } from '../model/config.ts'
import type { EvaluationData } from '../model/evaluation.ts'
import { type LedgerRecord, objectPath } from '../model/ledger.ts'
import { CertifyError } from '../model/problem.ts'
import { renderReplay } from '../reporting/renderers/replay.ts'
import type { Ended, Invocation } from './invocation.ts'
import { evaluationProblem, isEvaluation } from './ledger/evaluation-shape.ts'
import { replayRecord } from './ledger/replay-record.ts'
import { openLedger, recordBytes } from './ledger/store-of.ts'
import type { Ports } from './ports.ts'
import { VERSION } from './version.ts'

const MAX_BYTES = 64 * 1024 * 1024
const RESTORE = 'restore it from a copy of the ledger'

interface Read {
  record: LedgerRecord<EvaluationData>
  /** What is wrong with the record's bytes; null: it is as it was written. */
  problem: string | null
  policy: string | null
}

export async function replay(invocation: Invocation, ports: Ports): Promise<Ended> {
  const asked = invocation.operands[0]
  if (asked === undefined)
    throw new CertifyError('usage', 'replay needs a record', { hint: 'certify replay 12, or the path of its file' })
  const { record, problem, policy } = /^\d{1,15}$/.test(asked) ? await fromLedger(Number(asked), ports) : fromFile(asked, ports)
  const { data, header, hash } = record
  if (data.facts === null || data.policy === null) {
    throw new CertifyError(
      'not_replayable',
      `record ${header.seq} could not be judged when it was made: there is nothing to recompute`,
    )
  }
  if (policy === null) {
    throw new CertifyError(
      'policy_missing',
      `the policy of record ${header.seq} is missing (${objectPath(data.policy.object.slice(0, 12))})`,
      { hint: 'replay it out of its ledger: the policy lies there under objects/' },
    )
  }
  const again = replayRecord(data, policyIn(policy, header.seq), VERSION)!
  const { subject, evaluatedAt, outcome } = data
  const shown = {
    record: header.seq,
    hash,
    commit: subject.commit,
    evaluatedAt,
    verdict: outcome.verdict,
    intact: problem === null,
    problem,
    ...again,
    same: again.same && problem === null,
  }
  const look = { color: invocation.colour, width: invocation.width }
  const output = invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderReplay(shown, look)
  return { exit: shown.same ? 0 : 1, output, result: null }
}

/** One that was edited is judged by all the same: what it changes is what the reader wants to know. */
function policyIn(text: string, seq: number): ResolvedPolicy {
  try {
    return JSON.parse(text) as ResolvedPolicy
  } catch {
    throw new CertifyError('policy_missing', `the policy of record ${seq} is not JSON`, { hint: RESTORE })
  }
}

async function fromLedger(seq: number, ports: Ports): Promise<Read> {
  const ledger = await openLedger(ports)
  const bytes = await recordBytes(ledger, seq)
  if (bytes === null)
    throw new CertifyError('no_record', `${ledger.store.place} has no record ${seq}`, { hint: 'certify ledger log lists them' })
  const read = opened(bytes, `record ${seq}`)
  const object = read.record.data.policy?.object
  const [policy] = object === undefined ? [null] : await ledger.store.read(ledger.tip.version, [objectPath(object)])
  return { ...read, policy: policy === null || policy === undefined ? null : new TextDecoder().decode(policy) }
}

/** A record's file by itself, wherever it lies; its policy is looked for where its ledger would have it. */
function fromFile(path: string, ports: Ports): Read {
  const text = ports.files.textOf(path, MAX_BYTES)
  if (text === null)
    throw new CertifyError('no_record', `${path} does not exist`, { hint: 'name a record by its number or its file' })
  const read = opened(new TextEncoder().encode(text), path)
  const object = read.record.data.policy?.object
  const folder = path.replaceAll('\\', '/').split('/').slice(0, -3).join('/')
  return {
    ...read,
    policy: object === undefined ? null : ports.files.textOf(`${folder === '' ? '.' : folder}/${objectPath(object)}`, MAX_BYTES),
  }
}

/** A record that was edited is still judged again: which number it was is what the reader wants to know. */
function opened(bytes: Uint8Array, what: string): Omit<Read, 'policy'> {
  const whole = openRecord(bytes)
  let record: unknown
  if ('value' in whole) record = whole.value
  else {
    try {
      record = JSON.parse(new TextDecoder().decode(bytes))
    } catch {
      throw new CertifyError('record_unreadable', `${what} ${whole.problem}`, { hint: RESTORE })
    }
  }
  const problem = 'problem' in whole ? whole.problem : null
  if (!looksLikeOne(record))
    throw new CertifyError('record_unreadable', `${what} ${problem ?? 'is no record'}`, { hint: RESTORE })
  if (!isEvaluation(record))
    throw new CertifyError('not_replayable', `${what} is no evaluation`, { hint: 'certify ledger log lists what is' })
  const malformed = evaluationProblem(record)
  if (malformed !== null) throw new CertifyError('record_malformed', `${what} ${malformed}`, { hint: RESTORE })
  return { record, problem }
}

function looksLikeOne(value: unknown): value is LedgerRecord {
  const { header, hash } = (value ?? {}) as Partial<LedgerRecord>
  return typeof header === 'object' && header !== null && Number.isSafeInteger(header.seq) && typeof hash === 'string'
}
