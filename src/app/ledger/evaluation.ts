// One evaluation as a record, and a record as something to judge: the two directions of one shape.

import { outcomeOf } from '../../certificate/ledger/outcome.ts'
import { canonical, sealObject, sha256 } from '../../certificate/ledger/seal.ts'
import { condense, KEPT } from '../../evidence/condense.ts'
import { testGlobs } from '../../metrics/globs.ts'
import type { Config, ResolvedPolicy } from '../../model/config.ts'
import type { Diff } from '../../model/diff.ts'
import { EVALUATION, type EvaluationData, type RecordedFacts, type RecordedFile } from '../../model/evaluation.ts'
import type { Admitted, Evidence, TestCase } from '../../model/evidence.ts'
import type { History } from '../../model/history.ts'
import type { MetricValue } from '../../model/metric.ts'
import type { Result } from '../../model/result.ts'
import { type Judgeable, type Judged, measured } from '../judge.ts'

/** What of a record is known from the run, and not from what was judged. */
export interface About {
  branch: string | null
  main: boolean
  earlier: number[]
  seen: number
  baseline: boolean
}

export interface Recorded {
  data: EvaluationData
  /** Texts that the record names, by path. */
  objects: Map<string, string>
}

/** The record of an evaluation that was judged. */
export function recordOf(input: Judgeable, { result, metrics }: Judged, about: About): Recorded {
  const policy = sealObject(input.policy)
  // As it will be read again: what JSON changes on its way (an infinite duration, half a surrogate pair) is changed before comparing.
  const kept = JSON.parse(canonical(asJson(factsOf(input, result)))) as Kept
  const data: EvaluationData = {
    ...headOf(result, about),
    policy: { object: policy.sha256, digest: input.policy.digest, source: input.policy.source },
    outcome: outcomeOf(result, metrics),
    marks: marksOf(kept),
    facts: { ...kept, ...settled(metrics, measured(judgeableOf(result, kept, input.policy))) },
  }
  return { data, objects: new Map([[policy.path, policy.text]]) }
}

/** The record of one that could not be judged: that it was tried, and why not. */
export function unjudgedRecord(result: Result, about: About): Recorded {
  return {
    data: { ...headOf(result, about), policy: null, outcome: outcomeOf(result, []), marks: [], facts: null },
    objects: new Map(),
  }
}

/** Puts recorded values in the place of measured ones where the kept facts do not give them. */
export function settle({ measured, parts }: Pick<RecordedFacts, 'measured' | 'parts'>) {
  return (metrics: MetricValue[]): MetricValue[] =>
    metrics.map((metric) => {
      // A metric may be called `constructor`.
      const own = Object.hasOwn(parts, metric.id) ? parts[metric.id] : undefined
      return measured.find((one) => one.id === metric.id) ?? (own === undefined ? metric : { ...metric, parts: own })
    })
}

/** By them each file's recorded facts are known again, with what admission made of it; short, as they only tell an edit from none. */
export function marksOf({ files, admitted, refused }: Pick<RecordedFacts, 'files' | 'admitted' | 'refused'>): string[] {
  const uses = new Map<number, unknown[]>()
  for (const one of [...admitted, ...refused]) uses.set(one.file, [...(uses.get(one.file) ?? []), one])
  return files.map((file, at) => sha256(canonical([file, uses.get(at) ?? []])).slice(0, 16))
}

/** The digest by which a result is known again. */
export function resultDigest(result: Result): string {
  return sha256(canonical(asJson(result)))
}

/** Numbers that JSON has none for are null in it. */
function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

type Head = Omit<EvaluationData, 'policy' | 'outcome' | 'facts' | 'marks'>

function headOf(result: Result, about: About): Head {
  const { tool, name, evaluatedAt, clock, subject, evidenceDigest } = result
  return { schema: EVALUATION, tool, name, evaluatedAt, clock, subject, ...about, evidenceDigest, result: resultDigest(result) }
}

type Kept = Omit<RecordedFacts, 'measured' | 'parts'>

function factsOf(input: Judgeable, result: Result): Kept {
  const signature = signatureOf(input.policy.config)
  const files = input.evidence.map((one): RecordedFile => ({ ...one, ...condense(one.facts, signature) }))
  const index = new Map(input.evidence.map((one, at) => [one.ref, at]))
  // A file that admission did not get from `evidence` does not exist: each keeps the reference it was read with.
  const at = (one: Evidence): number => index.get(one.ref)!
  return {
    files,
    admitted: input.admitted.map((one) => ({
      file: at(one),
      level: one.level,
      ageSeconds: one.ageSeconds,
      declaredBy: one.declaredBy,
      reasons: one.reasons,
      facts: one.facts === input.evidence[at(one)]!.facts ? null : condense(one.facts, signature).facts,
    })),
    refused: input.refused.map(({ evidence, reason }) => ({ file: at(evidence), declaredBy: evidence.declaredBy, reason })),
    rejected: input.rejected,
    unmet: input.unmet,
    producers: input.producers,
    change: input.change,
    ...(input.issues === undefined ? {} : { issues: input.issues }),
    matched: Object.fromEntries(Object.entries(input.files).map(([pattern, found]) => [pattern, [...found]])),
    onDefaultBranch: input.onDefaultBranch,
    approvals: [...input.approvals],
    ...(input.certificate === null ? {} : { certificate: input.certificate }),
    baselines: input.baselines,
    comparison: result.history!,
    ...(input.diff === null ? {} : { diff: bounded(input.diff) }),
    history: briefly(input.history, input.policy.config),
    notices: [...input.notices],
    changedInHead: input.changedInHead,
  }
}

/** What a change changes; of more than so many lines' ranges only its base, and whether it was complete. */
function bounded(diff: Diff): Diff {
  const size = diff.files.reduce((sum, file) => sum + 1 + file.added.length, 0)
  return size <= KEPT.ranges ? diff : { ...diff, files: [] }
}

/** Baselines are kept as they were found; of the runs only what continuity is told from, where the policy asks for it. */
function briefly(history: History, config: Config): History {
  const asked = config.metrics.some((metric) => metric.family === 'continuity')
  const runs = asked ? history.runs.map(({ seen: _, ...run }) => ({ ...run, criteria: {}, slis: {} })) : []
  return { ...history, runs, ancestors: null }
}

/** What `judge` needs, from a record and the policy it names. */
export function judgeableOf(
  head: Pick<Result, 'name' | 'evaluatedAt' | 'clock' | 'subject' | 'tool'>,
  facts: Kept,
  policy: ResolvedPolicy,
): Judgeable {
  const evidence: Evidence[] = facts.files.map(({ whole: _, ...file }) => file)
  const admitted = facts.admitted.map(({ file, facts: own, ...share }): Admitted => {
    const of = evidence[file]!
    return { ...of, ...share, facts: own ?? of.facts }
  })
  return {
    version: head.tool.version,
    name: head.name,
    now: new Date(head.evaluatedAt),
    clock: head.clock,
    subject: head.subject,
    policy,
    changedInHead: facts.changedInHead,
    evidence,
    notices: facts.notices,
    admitted,
    refused: facts.refused.map(({ file, declaredBy, reason }) => ({ evidence: { ...evidence[file]!, declaredBy }, reason })),
    rejected: facts.rejected,
    unmet: facts.unmet,
    producers: facts.producers,
    change: facts.change,
    files: facts.matched,
    ...(facts.issues === undefined ? {} : { issues: facts.issues }),
    onDefaultBranch: facts.onDefaultBranch,
    approvals: facts.approvals,
    baselines: facts.baselines,
    history: facts.history,
    diff: facts.diff ?? null,
    repository: null,
    comparison: facts.comparison,
    certificate: facts.certificate ?? null,
    main: true,
  }
}

/** Which metrics the kept facts no longer give, and which of their parts. */
function settled(metrics: readonly MetricValue[], again: readonly MetricValue[]): Pick<RecordedFacts, 'measured' | 'parts'> {
  const measured: MetricValue[] = []
  const parts: RecordedFacts['parts'] = {}
  for (const metric of metrics) {
    const other = again.find((one) => one.id === metric.id)
    if (other === undefined || !same({ ...metric, parts: [] }, { ...other, parts: [] })) measured.push(metric)
    else if (!same(metric.parts, other.parts)) parts[metric.id] = metric.parts
  }
  return { measured, parts }
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

/** Tests with equal signatures are matched by the same globs of the policy. */
function signatureOf(config: Config): (test: TestCase) => string {
  const sets = config.metrics.flatMap((metric) => [metric.tests, ...metric.points.map((point) => point.tests)])
  const globs = sets.filter((set) => set.length > 0).map(testGlobs)
  return (test) => globs.map((matches) => (matches(test) ? '1' : '0')).join('')
}
