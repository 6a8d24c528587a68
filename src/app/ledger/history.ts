// Reads from a ledger what a run is compared with: the last runs of its branch, and where the chain ends. Unreadable is never empty.
import { openLast } from '../../certificate/last.ts'
import { openRecord } from '../../certificate/ledger/seal.ts'
import { LOOKED_BACK } from '../../history/changes.ts'
import { runsBefore } from '../../history/samples.ts'
import { type OpenOf, seenIn } from '../../history/seen.ts'
import type { Seen } from '../../model/changes.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import { type History, NO_HISTORY, type PastRun } from '../../model/history.ts'
import type { LastCertificate } from '../../model/last-certificate.ts'
import { type Head, type LedgerRecord, recordPath, type Tip } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Ancestry, LedgerStore } from '../ports.ts'
import { broken, headAt } from './append.ts'
import { certificatePath } from './certificate-badge.ts'
import { evaluationProblem, isEvaluation } from './evaluation-shape.ts'

export interface HistoryAsked {
  /** Tells several uses in one repository apart. */
  name: string
  branch: string | null
  ancestors: () => Promise<Ancestry>
  /** Which findings of earlier runs count as open today. */
  openOf?: OpenOf
}

export interface HistoryRead {
  history: History
  /** Numbers of the branch's own records, newest first: what the next record carries on. */
  earlier: number[]
  seen: number
  /** The branch's newest certificate; null: none is known, `unreadable`: what lies there tells of none. */
  certificate: LastCertificate | 'unreadable' | null
}

/** Runs kept in sight: more than trends (30) and regression tests (50) look at. */
export const RUNS = 60
const WINDOW = 40
/** Records looked through for the branch's newest run. Beyond them it is said that older ones were not read. */
const FARTHEST = 400

export const NO_LEDGER: HistoryRead = { history: NO_HISTORY, earlier: [], seen: 0, certificate: null }

/** Never throws for what the ledger is: `unreadable` says why. */
export async function readHistory(store: LedgerStore | null, asked: HistoryAsked): Promise<HistoryRead> {
  if (store === null) return NO_LEDGER
  const { place } = store
  try {
    const beside = asked.branch === null ? [] : [certificatePath(asked.name, asked.branch)]
    const tip = await store.tip(beside)
    if (tip === null) return { ...NO_LEDGER, history: { ...NO_HISTORY, state: 'absent', place, branch: asked.branch } }
    const head = await headAt(store, tip)
    const found = await runsOf(store, tip, head, asked)
    const [certificate] = await store.read(tip.version, beside)
    const last = certificate == null ? null : (openLast(certificate, head.seq) ?? 'unreadable')
    return { ...(await related(found, { ...asked, place, head })), seen: head.seq, certificate: last }
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    const problem = { message: error.message, hint: error.hint ?? null }
    return {
      ...NO_LEDGER,
      history: { ...NO_HISTORY, state: 'unreadable', place, branch: asked.branch, problem, complete: false },
    }
  }
}

interface Found {
  /** Newest first. */
  records: LedgerRecord<EvaluationData>[]
  complete: boolean
}

type Run = LedgerRecord<EvaluationData>

/**
 * Backwards from the end until a run of the branch is met that knew all that lies before: it names those runs, so that a busy
 * repository's records of pull requests need not be read to find them.
 */
async function runsOf(store: LedgerStore, tip: Tip, head: Head, asked: HistoryAsked): Promise<Found> {
  const found = new Map<number, Run>()
  /** What records of pull requests and candidates of the branch name: each may be wrong by itself, so it takes all of them. */
  const hints = new Set<number>()
  let from = head.seq
  let next: LedgerRecord | null = null
  // A record that waited to be appended, or whose run could not read the ledger, knows less than what stands before it.
  const known = (): boolean => [...found.values()].some(({ data }) => data.seen >= from)
  while (from > 0 && head.seq - from < FARTHEST && !known()) {
    const first = Math.max(1, from - WINDOW + 1)
    const records = await readSpan(store, tip, first, from)
    for (const record of records.reverse()) {
      const { seq } = record.header
      if (next !== null && next.header.prev !== record.hash)
        throw broken(store, `record ${seq + 1} does not follow record ${seq}`)
      if (next === null && seq === head.seq && record.hash !== head.hash)
        throw broken(store, `record ${seq} is not the chain's end`)
      next = record
      if (!isAbout(record, asked)) continue
      if (record.data.main) found.set(seq, record)
      for (const one of record.data.earlier.slice(0, RUNS)) hints.add(one)
    }
    from = first - 1
  }
  const sure = from <= 0 || known()
  if (!sure) for (const run of await newestOf(store, tip, [...hints], from, asked)) found.set(run.header.seq, run)
  const named = [...found.values()].flatMap(({ data }) => data.earlier).filter((seq) => !found.has(seq))
  const missing = before(from, named).slice(0, Math.max(0, RUNS - found.size))
  for (const record of await readEach(store, tip, missing)) if (isRun(record, asked)) found.set(record.header.seq, record)
  const records = [...found.values()].sort((a, b) => b.header.seq - a.header.seq)
  return { records: records.slice(0, RUNS), complete: sure && records.length <= RUNS && (from <= 0 || beganWith(records.at(-1))) }
}

/** Distinct numbers up to `last` that may be a record's, newest first. */
function before(last: number, numbers: readonly number[]): number[] {
  return [...new Set(numbers)].filter((seq) => seq > 0 && seq <= last).sort((a, b) => b - a)
}

/** The newest runs of the branch among the records of these numbers. */
async function newestOf(
  store: LedgerStore,
  tip: Tip,
  hints: readonly number[],
  last: number,
  asked: HistoryAsked,
): Promise<Run[]> {
  const numbers = before(last, hints).slice(0, FARTHEST)
  for (let at = 0; at < numbers.length; at += WINDOW) {
    const records = await readEach(store, tip, numbers.slice(at, at + WINDOW))
    const runs = records.filter((record): record is Run => isRun(record, asked))
    if (runs.length > 0) return runs
  }
  return []
}

/** The branch had no run before this one: it looked through all that there was. */
function beganWith(oldest: Run | undefined): boolean {
  if (oldest === undefined) return false
  const { header, data } = oldest
  return data.earlier.length === 0 && data.seen <= FARTHEST && (data.seen > 0 || header.seq === 1)
}

async function readSpan(store: LedgerStore, tip: Tip, first: number, last: number): Promise<LedgerRecord[]> {
  return readEach(
    store,
    tip,
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  )
}

async function readEach(store: LedgerStore, tip: Tip, numbers: readonly number[]): Promise<LedgerRecord[]> {
  if (numbers.length === 0) return []
  const files = await store.read(tip.version, numbers.map(recordPath))
  return files.map((bytes, at) => {
    const opened = bytes === null ? { problem: 'is missing' } : openRecord(bytes)
    if ('problem' in opened) throw broken(store, `record ${numbers[at]} ${opened.problem}`)
    if (opened.value.header.seq !== numbers[at])
      throw broken(store, `record ${numbers[at]} says it is number ${opened.value.header.seq}`)
    const problem = evaluationProblem(opened.value)
    if (problem !== null) throw broken(store, `record ${numbers[at]} ${problem}`)
    return opened.value
  })
}

/** It is an evaluation of the branch, or of a change that wants to get into it. */
function isAbout(record: LedgerRecord, { name, branch }: HistoryAsked): record is Run {
  const { data } = record as Run
  return isEvaluation(record) && data.name === name && data.branch === branch
}

function isRun(record: LedgerRecord, asked: HistoryAsked): record is Run {
  return isAbout(record, asked) && record.data.main
}

async function related(
  found: Found,
  asked: HistoryAsked & { place: string; head: Head },
): Promise<Omit<HistoryRead, 'seen' | 'certificate'>> {
  const { place, head, branch } = asked
  const runs = found.records.map(pastRun).reverse()
  const ancestry: Ancestry = runs.length === 0 ? { commits: null, problem: null } : await asked.ancestors()
  // What is missing from a history that was cut off may still lie before this commit: nobody can tell.
  const untold = ancestry.problem !== null && runs.some(({ commit }) => commit !== null && ancestry.commits?.has(commit) !== true)
  const history: History = {
    state: 'known',
    place,
    problem: null,
    head: head.seq === 0 ? null : head,
    branch,
    runs,
    complete: found.complete,
    ancestors: untold ? null : ancestry.commits,
    ancestryProblem: untold ? ancestry.problem : null,
  }
  return {
    history: { ...history, runs: withSeen(history, found.records, asked.openOf) },
    earlier: found.records.map((record) => record.header.seq),
  }
}

/** Only of the runs that changes are told from. */
function withSeen(history: History, records: readonly Run[], openOf: OpenOf = (findings) => findings): PastRun[] {
  const wanted = new Set(
    runsBefore(history)
      .slice(-LOOKED_BACK)
      .map((run) => run.seq),
  )
  const bySeq = new Map(records.map((record) => [record.header.seq, record]))
  return history.runs.map((run) => (wanted.has(run.seq) ? { ...run, seen: seenOf(bySeq.get(run.seq)!, openOf) } : run))
}

/** null where the record holds no facts, or none that any run leaves: then nothing is told from it. */
function seenOf({ data: { facts } }: Run, openOf: OpenOf): Seen | null {
  if (facts === null || !Array.isArray(facts.admitted)) return null
  try {
    return seenIn(
      facts.admitted.map((share) => share.facts ?? facts.files[share.file]!.facts),
      openOf,
    )
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** An evaluation's record as history tells it. */
export function pastRun({ header, data }: LedgerRecord<EvaluationData>): PastRun {
  const { outcome } = data
  const criteria = Object.entries(outcome.criteria).flatMap(([id, { outcome: state, value, unit }]) =>
    value === null ? [] : [[id, { outcome: state, value, unit }] as const],
  )
  return {
    seq: header.seq,
    at: data.evaluatedAt,
    commit: data.subject.commit,
    // Only a person's word was outstanding: every number was as good as it had to be.
    verdict: outcome.verdict === 'pending' && outcome.pendingFor === 'approval' ? 'passed' : outcome.verdict,
    level: outcome.level,
    baseline: data.baseline,
    policy: data.policy?.digest ?? null,
    criteria: Object.fromEntries(criteria),
    slis: outcome.slis,
  }
}
