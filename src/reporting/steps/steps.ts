// The shortest way for one criterion: its steps, each with its numbers and places. Never advice that no number asked for.
import type { CriterionResult } from '../../model/judgement.ts'
import type { MetricPart, MetricValue } from '../../model/metric.ts'
import { letsThrough } from '../../model/outcome.ts'
import type { StatedReason } from '../../model/result.ts'
import type { Step, StepItem } from '../../model/step.ts'
import { capital } from '../messages/words.ts'
import { type Goal, goalOf } from './goal.ts'
import { type Picks, pick, type Whole } from './pick.ts'
import { covered, type Place } from './places.ts'
import { countWords, coverWords, documentWords, list, passWords, removeWords } from './words.ts'

const MOST_ITEMS = 50

/** A value that is short of where it has to be. */
export const LIMITS: ReadonlySet<string> = new Set(['limit_not_met', 'baseline_not_met', 'regressed'])

/** Reasons whose own words are not needed beside a step that was counted out of the parts. */
const COUNTED: ReadonlySet<string> = new Set([
  'limit_not_met',
  'baseline_not_met',
  'regressed',
  'tests_failed',
  'findings_open',
  'items_open',
  'items_unattested',
  'documents_incomplete',
  'document_missing',
  'document_untracked',
  'objective_failed',
  'key_objective_failed',
  'component_short',
])
/** True beside a value that is short, and not what makes it short. */
const NOT_IN_THE_WAY: ReadonlySet<string> = new Set([
  'tests_flaky',
  'not_declared',
  'item_not_manual',
  'findings_suppressed_in_source',
  'suppression_expired',
  'suppression_too_long',
  'vex_expired',
  'vex_too_long',
  'evidence_tracked',
  'evidence_duplicate',
  'evidence_level_assumed',
])

/** `reasons`: the criterion's own, with their words. Empty where it is let through. */
export function stepsFor(result: CriterionResult, reasons: readonly StatedReason[]): Step[] {
  if (letsThrough(result.outcome)) return []
  const { steps: counted, enough } = result.outcome === 'fail' ? countedSteps(result, reasons) : NOTHING
  // A fix may be a step of its own, or part of one that names several.
  const said = counted.map((step) => step.text.toLowerCase())
  const isSaid = (fix: string): boolean => said.some((text) => text.includes(fix.toLowerCase()))
  const better = reasons.some((one) => !LIMITS.has(one.code) && !NOT_IN_THE_WAY.has(one.code) && one.fix !== null)
  const others = reasons.filter((one) => {
    if (one.fix === null || isSaid(one.fix) || NOT_IN_THE_WAY.has(one.code)) return false
    if (LIMITS.has(one.code) && better) return false
    // The report that is missing is the scan's.
    if (one.code === 'scan_missing' && reasons.some(({ code, fix }) => code === 'evidence_missing' && fix !== null)) return false
    if (one.code === 'tests_failed') return !counted.some((step) => step.kind === 'pass')
    return !(COUNTED.has(one.code) && result.outcome === 'fail' && (enough || !valueIsShort(result)))
  })
  const own = others
    .map((one) => otherStep(one))
    .filter((step, at, all) => all.findIndex((each) => each.text === step.text) === at)
  return [...counted, ...own]
}

function valueIsShort({ reasons }: CriterionResult): boolean {
  return reasons.some(({ code }) => LIMITS.has(code))
}

function otherStep(reason: StatedReason): Step {
  const files = reason.code === 'evidence_missing' || reason.code === 'deliverable_missing' ? reason.args.expected : []
  const kind = files.length > 0 || reason.code.startsWith('evidence_') ? 'supply' : 'other'
  return { kind, text: reason.fix!, items: files.map((name) => itemOf({ name, path: name, ranges: [] })), more: 0 }
}

interface Counted {
  steps: Step[]
  /** Nothing else is needed for the value. */
  enough: boolean
}

const NOTHING: Counted = { steps: [], enough: false }

function countedSteps(result: CriterionResult, reasons: readonly StatedReason[]): Counted {
  const { metric } = result
  const goal = goalOf(result)
  if (metric === null || metric.value === null || goal === null) return NOTHING
  const words: Words = { goal, reasons }
  const components = metric.parts.filter((part) => part.kind === 'component')
  if (components.length < 2) return stepsOf({ ...metric, value: metric.value }, words)
  return componentSteps(metric, components, words)
}

/** Each component has to come to the goal by itself; what is covered for one counts for everything together as well. */
function componentSteps(metric: MetricValue, components: readonly MetricPart[], words: Words): Counted {
  const taken = new Map<string, number>()
  const all = components.map((component): Counted => {
    const parts = metric.parts.filter((part) => part.kind !== 'component' && part.component === component.component)
    const lost = parts.reduce((sum, part) => sum + (part.lacks ?? 0), 0)
    const { ratio = null } = component
    const value = ratio === null ? 100 - lost : (100 * ratio.good) / ratio.total
    const done = parts.reduce((sum, part) => sum + (taken.get(part.path ?? '') ?? 0), 0)
    const { steps, enough } = stepsOf({ parts: reduced(parts, taken), ratio, value }, words, done)
    for (const item of steps.flatMap((step) => (step.kind === 'cover' ? step.items : [])))
      taken.set(item.path ?? '', (taken.get(item.path ?? '') ?? 0) + item.count)
    return { steps: steps.map((step) => ({ ...step, text: `In ${component.component}: ${step.text}` })), enough }
  })
  return { steps: all.flatMap((one) => one.steps), enough: all.every((one) => one.enough) }
}

function reduced(parts: readonly MetricPart[], taken: ReadonlyMap<string, number>): MetricPart[] {
  return parts.map((part) => {
    const before = part.kind === 'file' ? (taken.get(part.path ?? '') ?? 0) : 0
    return before === 0 ? part : { ...part, lacks: (part.lacks ?? 0) - before }
  })
}

interface Words {
  goal: Goal
  reasons: readonly StatedReason[]
}

function stepsOf(whole: Whole, words: Words, done = 0): Counted {
  const picks = pick(whole, words.goal.meets, done)
  const tests = whole.parts.filter((part) => part.kind === 'test' && part.state !== 'pass')
  const pass = tests.length === 0 ? [] : [passStep(tests, words.reasons)]
  if (picks === null) return { steps: pass, enough: false }
  return { steps: [...pass, ...valueSteps(whole, picks, words)], enough: true }
}

function passStep(tests: readonly MetricPart[], reasons: readonly StatedReason[]): Step {
  const failed = reasons.flatMap(({ code, args }) => (code === 'tests_failed' ? [args.failed + args.errors] : []))
  const all = Math.max(tests.length, ...failed)
  const items = tests.slice(0, MOST_ITEMS).map(itemOf)
  return { kind: 'pass', text: passWords(items, all), items, more: all - items.length }
}

function valueSteps({ parts, ratio }: Whole, picks: Picks, { goal, reasons }: Words): Step[] {
  const must = picks.must.filter((part) => part.kind !== 'test')
  const chosen = [...must, ...picks.picked.map((one) => one.part)]
  const of = (kind: MetricPart['kind']): MetricPart[] => chosen.filter((part) => part.kind === kind)
  const steps: Step[] = []
  if (picks.units !== null && picks.units > 0 && must.length === 0 && isCoverage(ratio?.what ?? '')) {
    const items = picks.picked.map(({ part, take }) => coverItem(part, take))
    steps.push({
      kind: 'cover',
      text: coverWords(picks.units, ratio!.what, goal.words, items, picks.more),
      items,
      more: picks.more,
    })
    return steps
  }
  const findings = of('finding')
  const open = parts.filter((part) => part.kind === 'finding' && (part.lacks ?? 0) > 0).length
  if (findings.length > 0)
    steps.push(stepOf('remove', removeWords(findings, open, goal.words, picks.more > 0), findings.map(itemOf), picks.more))
  const objectives = of('objective')
  if (objectives.length > 0) steps.push(stepOf('meet', meetWords(objectives, reasons, goal.words), objectives.map(itemOf)))
  const documents = rulesOf(picks)
  if (documents.length > 0)
    steps.push(
      stepOf(
        'complete',
        documentWords(documents, goal.words),
        documents.flatMap(({ part, rules }) => rules.map((name) => itemOf({ name, path: part.path, ranges: part.ranges }))),
      ),
    )
  const things = [...of('point'), ...of('item')]
  if (things.length > 0 || (picks.units ?? 0) > 0) {
    if (steps.length === 0) {
      const names =
        things.length === 0
          ? ''
          : `: ${list(
              things.map((part) => part.name.slice(0, 120)),
              'more',
            )}`
      const units = Math.max(things.length, picks.units ?? 0)
      steps.push(
        stepOf('complete', `${countWords(units, ratio?.what ?? 'items', goal.words)}${names}`, things.map(itemOf), picks.more),
      )
    }
  }
  return steps
}

function stepOf(kind: Step['kind'], text: string, items: StepItem[], more = 0): Step {
  return { kind, text, items: items.slice(0, MOST_ITEMS), more: more + Math.max(0, items.length - MOST_ITEMS) }
}

function isCoverage(what: string): boolean {
  return /(?:lines|statements|branches|functions|conditions)$/.test(what)
}

/** How far each is from its limit, in its own reason's words. */
function meetWords(objectives: readonly MetricPart[], reasons: readonly StatedReason[], goal: string): string {
  const fixes = objectives.map((part) => {
    const own = reasons.find(
      (one) => 'sli' in one.args && one.args.sli === part.name && one.fix !== null && one.code !== 'key_objective_failed',
    )
    return own?.fix ?? `bring ${part.name.slice(0, 80)} to its limit (${part.detail.slice(0, 80)})`
  })
  const [first] = fixes
  return fixes.length === 1
    ? `${capital(first!)} (${goal})`
    : `Meet ${fixes.length} more objectives ${goal}: ${list(fixes.map(small), 'more')}`
}

function small(fix: string): string {
  return fix.charAt(0).toLowerCase() + fix.slice(1)
}

/** The rules that were picked, by document. */
function rulesOf({ picked }: Picks): { part: MetricPart; rules: string[] }[] {
  const documents = new Map<string, { part: MetricPart; rules: string[] }>()
  for (const { part } of picked) {
    if (part.kind !== 'document') continue
    const known = documents.get(part.name) ?? { part, rules: [] }
    documents.set(part.name, { part, rules: [...known.rules, ...(part.lines ?? [])] })
  }
  return [...documents.values()]
}

function coverItem(part: MetricPart, take: number): StepItem {
  const place: Place = covered(part, take)
  return { name: part.name, path: part.path, ranges: place.ranges, count: take, of: place.of }
}

function itemOf({ name, path, ranges }: Pick<MetricPart, 'name' | 'path' | 'ranges'>): StepItem {
  return { name, path, ranges: ranges.slice(0, 5), count: 1, of: 1 }
}
