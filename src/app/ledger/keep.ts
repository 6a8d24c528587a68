// Recording a run: appended where it may be, else left for the job that may. That it fails is said and changes no verdict.
import type { EvaluationData } from '../../model/evaluation.ts'
import type { Draft, LedgerNote } from '../../model/ledger.ts'
import { REPORTED_SCHEMA } from '../../model/pending.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Evaluated } from '../evaluate.ts'
import type { LedgerStore, Ports } from '../ports.ts'
import { append, headAt } from './append.ts'
import { badgesFor, together } from './badges.ts'
import { certificatesBeside } from './certificate-badge.ts'
import { draftOf, PENDING_FILE, pendingDigest, pendingText, REPORTED_FILE } from './pending.ts'

/** Before anything is announced (the story's order): records the evaluation, and says what became of it. */
export async function keep({ recorded, ledger }: Evaluated, reportDir: string, ports: Ports): Promise<LedgerNote> {
  const otherwise = ports.ledger.unverified ? leaveReport(recorded, reportDir, ports) : ({ state: 'off' } as const)
  if (ledger === null) return otherwise
  const mode = ports.ledger.mode(ledger)
  // A clock that was set by hand (decision 14) is for looking, not for the record.
  if (mode === 'read' || ports.clock.kind === 'fixed') return otherwise
  // Gate jobs start from what is left here, also where no ledger is kept.
  if (!ledger.enabled)
    return ports.inAction
      ? leave([draftOf('evaluation', recorded.data, ports)], recorded.objects, 0, '', reportDir, ports)
      : { state: 'off' }
  let place = ''
  try {
    const store = await ports.ledger.open(ledger)
    if (store === null) return { state: 'off' }
    place = store.place
    const draft = draftOf('evaluation', recorded.data, ports)
    const { objects } = recorded
    const left = (since: number): LedgerNote => leave([draft], objects, since, place, reportDir, ports)
    const { seen, facts } = recorded.data
    if (mode === 'leave') return left(facts === null ? await lastOf(store) : seen)
    try {
      refuseUnread(recorded.data)
      const { head } = await append(store, [draft], {
        ...ports.ledger.append,
        clock: ports.clock,
        objects,
        extras: together(badgesFor([draft]), certificatesBeside([draft])),
      })
      return { state: 'recorded', place, ...head }
    } catch (error) {
      // A job that may write can still append it; on a laptop there is none.
      if (!(error instanceof CertifyError) || !ports.inAction) throw error
      ports.log.warn(`this run is not in the ledger yet: ${error.message}`)
      return left(seen)
    }
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return { state: 'failed', place, message: error.message, hint: error.hint ?? null }
  }
}

/** What is behind the end is not looked at when appending: a run that found it broken, or could not tell, adds nothing to it. */
function refuseUnread({ facts }: EvaluationData): void {
  if (facts?.history.state !== 'unreadable') return
  const { place, problem } = facts.history
  throw new CertifyError('ledger_unreadable', problem?.message ?? `${place} cannot be read`, { hint: problem?.hint ?? undefined })
}

/** The last record now, for a run that did not come to read the ledger: its writer need not look through all of it for the record. */
async function lastOf(store: LedgerStore): Promise<number> {
  try {
    return (await headAt(store, await store.tip())).seq
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return 0
  }
}

function leave(
  drafts: readonly Draft[],
  objects: ReadonlyMap<string, string>,
  since: number,
  place: string,
  reportDir: string,
  ports: Ports,
): LedgerNote {
  const text = pendingText(drafts, objects, since)
  const path = `${reportDir}/${PENDING_FILE}`
  ports.files.write(path, text)
  return { state: 'left', place, path, digest: pendingDigest(text) }
}

/** For the trusted run that may say what this one cannot (decision 29). It has a schema of its own: no job takes it for a record. */
function leaveReport({ data, objects }: Evaluated['recorded'], reportDir: string, ports: Ports): LedgerNote {
  const text = pendingText([draftOf('evaluation', data, ports)], objects, 0, REPORTED_SCHEMA)
  const path = `${reportDir}/${REPORTED_FILE}`
  try {
    ports.files.write(path, text)
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return { state: 'failed', place: path, message: error.message, hint: error.hint ?? null }
  }
  return { state: 'reported', path, digest: pendingDigest(text) }
}
