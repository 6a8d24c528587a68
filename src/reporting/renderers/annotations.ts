// Remarks on lines: the policy's own line of a failed rule, uncovered ranges, findings and failed tests. Worst first, each once.

import type { MetricPart } from '../../model/metric.ts'
import { letsThrough } from '../../model/outcome.ts'
import type { Annotation } from '../../model/rendered.ts'
import type { Result, ResultCriterion } from '../../model/result.ts'
import { COVERED_IN } from '../distance.ts'
import { plain } from '../escape/plain.ts'
import { byCodeUnit } from '../evidence-list.ts'
import { linesOf } from '../lines.ts'

/** Two requests of fifty: more than a reader takes in, and few enough to stay within the requests of one evaluation. */
export const MOST_ANNOTATIONS = 100
/** Ranges a criterion may mark: the rest is in the report. */
const MOST_RANGES = 25
const LONGEST_TITLE = 255
const LONGEST_MESSAGE = 4_000
const MOST_LINES = 40
const SEVERITY = { failure: 0, warning: 1, notice: 2 } as const

export function annotationsOf(result: Result): Annotation[] {
  const criteria = result.levels.filter((level) => level.number <= result.decision.target).flatMap((level) => level.criteria)
  const all = [
    ...criteria.flatMap((criterion) => forCriterion(result, criterion)),
    ...forNewCode(result, criteria),
    ...forNotices(result),
  ]
  all.sort(bySeverityAndPlace)
  const shown = new Map<string, Annotation>()
  for (const raw of all) {
    if (shown.size === MOST_ANNOTATIONS) break
    if (!inRepository(raw.path)) continue
    const note = visible(raw)
    shown.set(JSON.stringify(note), note)
  }
  return [...shown.values()]
}

function bySeverityAndPlace(a: Annotation, b: Annotation): number {
  return (
    SEVERITY[a.level] - SEVERITY[b.level] ||
    byCodeUnit(a.path, b.path) ||
    a.startLine - b.startLine ||
    a.endLine - b.endLine ||
    byCodeUnit(a.message, b.message)
  )
}

function forCriterion(result: Result, criterion: ResultCriterion): Annotation[] {
  if (letsThrough(criterion.outcome) && criterion.outcome !== 'warn') return []
  const rule = placeOf(criterion.limit.origin)
  const words = criterion.reasons.map((reason) => reason.text).join('; ')
  const fix = criterion.steps.map((step) => step.text).join('\n')
  const level = criterion.outcome === 'warn' || criterion.outcome === 'pending' ? 'warning' : 'failure'
  const own =
    rule === null
      ? []
      : [annotation(rule.path, [rule.line, rule.line], level, criterion.id, fix === '' ? words : `${words}\n${fix}`)]
  const metric = result.metrics.find((entry) => entry.id === criterion.metric)
  const covers = metric?.ratio != null && COVERED_IN.test(metric.ratio.what)
  const parts = (metric?.parts ?? []).filter((part) => part.state !== 'pass' && part.path !== null)
  const marks = parts.flatMap((part) =>
    part.ranges.map((range) => partAnnotation(criterion, part, range, covers && part.path === part.name)),
  )
  return [...own, ...marks.slice(0, MOST_RANGES)]
}

/** New lines that nothing ran, where no criterion marks them as held against it. */
function forNewCode({ newCode }: Result, criteria: readonly ResultCriterion[]): Annotation[] {
  if (newCode === null || criteria.some((one) => one.metric === newCode.metric && !letsThrough(one.outcome))) return []
  const marks = newCode.files.flatMap(({ path, ranges }) =>
    ranges.map((range) => annotation(path, range, 'notice', 'New code, not covered', `No test ran ${linesOf([range], 1)}`)),
  )
  return marks.slice(0, MOST_RANGES)
}

function partAnnotation(criterion: ResultCriterion, part: MetricPart, range: [number, number], uncovered: boolean): Annotation {
  if (uncovered) {
    const place = range[0] === range[1] ? `Line ${range[0]}` : `Lines ${range[0]}-${range[1]}`
    return annotation(
      part.path!,
      range,
      'warning',
      `Not covered (${criterion.id})`,
      `${place} not covered: counts against ${criterion.id}`,
    )
  }
  const level = part.state === 'short' && criterion.outcome === 'fail' ? 'failure' : 'warning'
  return annotation(part.path!, range, level, `${part.name} (${criterion.id})`, part.detail === '' ? part.name : part.detail)
}

function forNotices(result: Result): Annotation[] {
  const level = result.decision.verdict === 'error' && result.levels.length === 0 ? 'failure' : 'warning'
  return result.notices
    .filter((notice) => notice.path !== undefined && notice.line !== undefined)
    .map((notice) =>
      annotation(
        notice.path!,
        [notice.line!, notice.line!],
        level,
        notice.code,
        notice.hint === undefined ? notice.message : `${notice.message}\n${notice.hint}`,
      ),
    )
}

function annotation(
  path: string,
  [from, to]: [number, number],
  level: Annotation['level'],
  title: string,
  message: string,
): Annotation {
  return { path, startLine: Math.max(1, from), endLine: Math.max(1, from, to), level, message, title }
}

/** Without what a reader should not meet; done last, for the few that are shown. */
function visible(note: Annotation): Annotation {
  const lines = note.message.slice(0, LONGEST_MESSAGE).split('\n').slice(0, MOST_LINES)
  const text = lines.map((line) => plain(line)).filter((line) => line !== '')
  const title = plain(note.title ?? '', LONGEST_TITLE)
  return { ...note, title, message: text.join('\n') || title }
}

function placeOf(origin: string): { path: string; line: number } | null {
  const match = /^([^:\s]{1,400}\.(?:ya?ml|json)):(\d{1,7})(?::\d{1,7})?$/.exec(origin)
  return match ? { path: match[1]!, line: Number(match[2]) } : null
}

/** GitHub refuses the whole request for a path it cannot place, so only clean relative ones are sent. */
function inRepository(path: string): boolean {
  return path !== '' && path.length < 1_000 && plain(path) === path && !/^(?:\/|[a-z]:)|\\|(?:^|\/)\.\.?(?:\/|$)/i.test(path)
}
