// A ledger's earlier runs, made in one line: a day apart, newest last, each with a commit of its own.
import type { History, PastCriterion, PastRun } from '../../src/model/history.ts'

const START = Date.parse('2026-10-01T12:00:00Z')
const DAY = 86_400_000

/** Run number `seq` (its record), of commit `c<seq>`, passed at level 2. */
export function pastRun(seq: number, change: Partial<PastRun> = {}): PastRun {
  return {
    seq,
    at: new Date(START + seq * DAY).toISOString(),
    commit: `c${seq}`,
    verdict: 'passed',
    level: 2,
    baseline: false,
    policy: 'sha256:p1',
    criteria: {},
    slis: {},
    ...change,
  }
}

/** Runs with one value each for the criterion; null: none was measured. */
export function runsOf(
  id: string,
  values: readonly (number | null)[],
  change: (seq: number) => Partial<PastRun> = () => ({}),
  criterion: Partial<PastCriterion> = {},
): PastRun[] {
  return values.map((value, at) => {
    const criteria = value === null ? {} : { [id]: { value, unit: '%', outcome: 'pass' as const, ...criterion } }
    return pastRun(at + 1, { criteria, ...change(at + 1) })
  })
}

export function historyOf(runs: readonly PastRun[], change: Partial<History> = {}): History {
  const last = runs.at(-1)
  return {
    state: 'known',
    place: '.certify/ledger',
    problem: null,
    head: last === undefined ? null : { seq: last.seq, hash: 'ab'.repeat(32) },
    branch: 'main',
    runs,
    complete: true,
    ancestors: null,
    ancestryProblem: null,
    ...change,
  }
}

/** A ledger in which something was touched. */
export function broken(change: Partial<History> = {}): History {
  const problem = { message: 'record 7 does not follow record 6', hint: 'restore .certify/ledger from a copy' }
  return historyOf([], { state: 'unreadable', problem, ...change })
}
