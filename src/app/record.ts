// `command: record`: the small job that may write. It appends what `evaluate` left in this run, and what earlier jobs could not write.

import type { EvaluationData } from '../model/evaluation.ts'
import { APPROVAL, type ApprovalData, GATE_DECISION } from '../model/gate-record.ts'
import type { Draft, LedgerRecord, RecordType } from '../model/ledger.ts'
import type { Pending } from '../model/pending.ts'
import { CertifyError } from '../model/problem.ts'
import { terminalText } from '../reporting/escape/terminal.ts'
import { renderRecorded } from '../reporting/renderers/ledger.ts'
import type { Ended, Invocation } from './invocation.ts'
import { append, NotRecorded } from './ledger/append.ts'
import { badgesFor, together } from './ledger/badges.ts'
import { certificatesBeside } from './ledger/certificate-badge.ts'
import { dataProblem } from './ledger/evaluation-shape.ts'
import { NO_LEDGER } from './ledger/history.ts'
import { aboutRun } from './ledger/history-for.ts'
import { openPending, PENDING_FILE } from './ledger/pending.ts'
import { decidedConfig } from './policy.ts'
import type { LedgerStore, Ports } from './ports.ts'

/** What the jobs before this one may have left. */
const LEFT_BY_JOBS: readonly RecordType[] = ['evaluation', 'approval', 'gate.decision']

const MAX_BYTES = 64 * 1024 * 1024

/** Throws CertifyError where nothing could be recorded: here a failure is an error (decision 38). */
export async function record(invocation: Invocation, ports: Ports): Promise<Ended> {
  const { recordDigest, reportDir } = invocation
  if (recordDigest === undefined) {
    throw new CertifyError('usage', 'record needs the digest of what evaluate left', {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user has to write.
      hint: 'record-digest: ${{ needs.<job of evaluate>.outputs.record-digest }}',
    })
  }
  const path = `${reportDir}/${PENDING_FILE}`
  const text = ports.files.readText(path, MAX_BYTES)
  if (text === null) {
    throw new CertifyError('pending_missing', `${path} does not exist: there is nothing to record`, {
      hint: 'download the artifact with the report folder of the evaluating job into it first',
    })
  }
  const pending = openPending(new TextEncoder().encode(text), path, recordDigest)
  for (const draft of pending.drafts) {
    const foreign = foreignTo(draft, ports.subject, mainOf(ports))
    if (foreign !== null)
      throw new CertifyError('record_foreign', `${path} ${foreign}`, { hint: 'record what the same run evaluated' })
  }
  const store = await storeOf(invocation, ports)
  for (const left of await ports.ledger.leftovers()) await appendLeft(left, store, ports)
  try {
    const { head, records, tries } = await appendAll(pending, store, ports)
    const shown = { place: store.place, head, records: records.map((one) => one.header.seq), tries }
    const look = { color: invocation.colour, width: invocation.width }
    const output = invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderRecorded(shown, look)
    return {
      exit: 0,
      output,
      result: null,
      outputs: { 'ledger-head': head.hash, ...approvalOf(records) },
      summary: `Ledger head \`${head.hash}\`, record ${head.seq}.`,
    }
  } catch (error) {
    if (!(error instanceof NotRecorded)) throw error
    const name = await ports.ledger.leaveBehind(text)
    throw new CertifyError(error.code, `${error.message}: the records are kept in the artifact ${name}`, {
      hint: 'the next record job appends them; nothing is lost',
      cause: error,
    })
  }
}

async function storeOf(invocation: Invocation, ports: Ports): Promise<LedgerStore> {
  const { ledger } = await decidedConfig(invocation, ports)
  const store = ledger.enabled ? await ports.ledger.open(ledger) : null
  if (store === null)
    throw new CertifyError('ledger_off', 'the policy keeps no ledger', { hint: 'remove `ledger: false` from it' })
  return store
}

function appendAll(pending: Pending, store: LedgerStore, ports: Ports) {
  const objects = new Map(Object.entries(pending.objects))
  const extras = together(badgesFor(pending.drafts), certificatesBeside(pending.drafts))
  return append(store, pending.drafts, { ...ports.ledger.append, clock: ports.clock, objects, extras, since: pending.since })
}

type Leftover = Awaited<ReturnType<Ports['ledger']['leftovers']>>[number]

/** What an earlier run could not write. It must be of that run; where it cannot be written now either, it stays where it is. */
async function appendLeft({ pending, run, main }: Leftover, store: LedgerStore, ports: Ports): Promise<void> {
  const foreign = pending.drafts.map((draft) => foreignTo(draft, run, main)).find((one) => one !== null)
  if (foreign !== undefined) {
    ports.log.warn(terminalText(`records left by run ${run.run} are not taken: the file ${foreign}`, 300))
    return
  }
  try {
    const { records } = await appendAll(pending, store, ports)
    ports.log.info(`records left by run ${run.run} are in the ledger as ${records.map((one) => one.header.seq).join(', ')}`)
  } catch (error) {
    // What another run left must not keep this one's records out; a ledger that does not hold will do that by itself.
    if (!(error instanceof CertifyError)) throw error
    const why = `records left by run ${run.run} could not be written now either: ${error.message}; they stay where they are`
    ports.log.warn(terminalText(why, 500))
  }
}

/** The hash by which going live names an approval. */
function approvalOf(records: readonly LedgerRecord[]): Record<string, string> {
  const found = records.find((one) => one.header.type === 'approval')
  return found === undefined ? {} : { approval: found.hash }
}

/** A record says which run, commit and branch it is of; a job only vouches for its own. */
function foreignTo(draft: Draft, subject: Leftover['run'], branch: string | null): string | null {
  if (!LEFT_BY_JOBS.includes(draft.type)) return `holds a record of type ${draft.type}, which no job leaves`
  if (draft.run?.id !== subject.run) return `is of run ${draft.run?.id ?? 'unknown'}, not of run ${subject.run}`
  if (draft.repo !== subject.repository) return `is of another repository (${draft.repo})`
  if (draft.sha !== subject.commit) return `is about another commit (${draft.sha?.slice(0, 12)})`
  if (draft.type !== 'evaluation') return gateProblem(draft, subject)
  const problem = dataProblem(draft.data)
  if (problem !== null) return `holds a record that ${problem}`
  const { main, branch: named, subject: judged } = draft.data as EvaluationData
  if (judged.run !== subject.run || judged.commit !== subject.commit) return 'holds an evaluation of another run or commit'
  if (main && named !== branch) return `says it is a run of ${named}, which this is not`
  return null
}

/** An approval is one of its own run's; going live is said by another run, of an approval that is in the ledger already. */
function gateProblem({ type, data }: Draft, subject: Leftover['run']): string | null {
  const { schema, evaluation, approval } = (data ?? {}) as Partial<ApprovalData>
  if (typeof evaluation !== 'string' || schema !== (type === 'approval' ? APPROVAL : GATE_DECISION))
    return `holds a record of type ${type} that is none`
  if (type !== 'approval') return null
  if (typeof approval?.state !== 'string' || !Array.isArray(approval.slots)) return 'holds an approval that is none'
  if (approval.goLive != null) return null
  return approval.run === subject.run && approval.commit === subject.commit ? null : 'holds an approval of another run or commit'
}

/** The branch that this run is one of itself; null: of none, as a pull request's. */
function mainOf(ports: Ports): string | null {
  const { main, branch } = aboutRun(NO_LEDGER, ports)
  return main ? branch : null
}
