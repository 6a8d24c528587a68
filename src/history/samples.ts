// Which earlier runs something is compared with, and the places that were looked in.
import type { Baseline, BaselineResult, History, PastRun, PastValue } from '../model/history.ts'

export type Sample = Baseline['samples'][number]

export interface Wanted {
  /** The value of that run; undefined: it measured none. */
  pick: (run: PastRun) => PastValue | undefined
  /** Whether the run may be compared with at all, beside its place in the branch. */
  counts: (run: PastRun) => boolean
  /** What `counts` asks, for the step: `passed`; null: any run counts. */
  counted: string | null
  /** null: whatever the newest value is in. */
  unit: string | null
}

/** Samples newest first. */
export type Looked =
  | { state: 'known'; samples: Sample[]; unit: string; steps: string[] }
  | Exclude<BaselineResult, { state: 'found' | 'few' }>

/** Every run that counts and has a value in the unit. Unreadable history is never the same as none. */
export function lookUp(history: History, wanted: Wanted): Looked {
  const { state, place, problem, ancestors, ancestryProblem, complete } = history
  if (state === 'unreadable') {
    const message = problem?.message ?? `${place} cannot be read`
    return { state: 'unreadable', message, hint: problem?.hint ?? null, steps: [message] }
  }
  if (state === 'off') return { state: 'none', steps: ['no ledger is kept here'] }
  if (state === 'absent') return { state: 'none', steps: [`no ledger yet at ${place}`] }
  if (ancestors === null && ancestryProblem !== null) return { state: 'none', steps: [ancestryStep(ancestryProblem)] }

  const counting = runsBefore(history).filter(wanted.counts).reverse()
  const measured = counting.flatMap((run) => sampleOf(run, wanted) ?? [])
  const unit = wanted.unit ?? measured[0]?.unit ?? ''
  const samples = measured.filter((one) => one.unit === unit).map((one) => one.sample)
  const steps = [runsStep(history, wanted, counting.length)]
  if (measured.length < counting.length) steps.push(`${counting.length - measured.length} of them without this value`)
  if (samples.length < measured.length) steps.push(`${measured.length - samples.length} of them in another unit`)
  if (!complete) steps.push('older runs were not read')
  return { state: 'known', samples, unit, steps }
}

/** At or before the commit to compare with, oldest first; none where history does not tell which these are. */
export function runsBefore({ state, runs, ancestors, ancestryProblem }: History): readonly PastRun[] {
  if (state !== 'known' || (ancestors === null && ancestryProblem !== null)) return []
  return runs.filter((run) => ancestors === null || (run.commit !== null && ancestors.has(run.commit)))
}

function sampleOf(run: PastRun, { pick }: Wanted): { sample: Sample; unit: string } | null {
  const found = pick(run)
  if (found === undefined || !Number.isFinite(found.value)) return null
  return { sample: { seq: run.seq, commit: run.commit, at: run.at, value: found.value }, unit: found.unit }
}

/** `12 runs of main: 3 passed at or before the merge base`. */
function runsStep({ runs, branch, ancestors }: History, { counted }: Wanted, found: number): string {
  const all = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} of ${branch ?? 'the branch'}`
  const asked = [counted, ancestors === null ? null : 'at or before the merge base'].filter((one) => one !== null)
  return asked.length === 0 ? all : `${all}: ${found} ${asked.join(' ')}`
}

function ancestryStep(problem: string): string {
  return problem.includes('fetch-depth') ? problem : `${problem}: check out with fetch-depth: 0`
}
