// Remarks on lines: the policy's own line of a failed rule, uncovered ranges, findings and failed tests. Worst first, each once.

import type { MetricPart } from '../../model/metric.ts'
import { letsThrough } from '../../model/outcome.ts'
import type { Annotation } from '../../model/rendered.ts'
import type { Result, ResultCriterion } from '../../model/result.ts'
import { plain } from '../escape/plain.ts'
import { byCodeUnit } from '../evidence-list.ts'
import { linesOf } from '../lines.ts'

/** Two requests of fifty: more than a reader takes in, and few enough to stay within the requests of one evaluation. */
export const MOST_ANNOTATIONS = 100
/** What one criterion may mark: the rest is in the report. */
const MOST_RANGES = 25
const MOST_MARKS = 50
const LONGEST_TITLE = 255
const LONGEST_MESSAGE = 4_000
const MOST_LINES = 40
const SEVERITY = { failure: 0, warning: 1, notice: 2 } as const

/** A remark before it is put together with others on the same matter. */
interface Remark {
  path: string
  range: [number, number]
  level: Annotation['level']
  /** Of equal level the heavier comes first. */
  weight: number
  title: string
  message: string
  /** Criteria that it counts against. */
  about: readonly string[]
}

/** The policy's own line first, then grave findings (25 points and more), then what stops a pass whatever the value is. */
const RULE = 2_000
const STOPS = 20

export function annotationsOf(result: Result): Annotation[] {
  const criteria = result.levels.filter((level) => level.number <= result.decision.target).flatMap((level) => level.criteria)
  const all = [
    ...criteria.flatMap((criterion) => forCriterion(result, criterion)),
    ...forNewCode(result, criteria),
    ...forNotices(result),
  ]
  const remarks = merged(all.filter(({ path }) => inRepository(path)))
  remarks.sort(bySeverityAndPlace)
  const shown = new Map<string, Annotation>()
  for (const remark of remarks) {
    if (shown.size === MOST_ANNOTATIONS) break
    const note = visible(remark)
    shown.set(JSON.stringify(note), note)
  }
  return [...shown.values()]
}

function bySeverityAndPlace(a: Remark, b: Remark): number {
  return (
    SEVERITY[a.level] - SEVERITY[b.level] ||
    b.weight - a.weight ||
    byCodeUnit(a.path, b.path) ||
    a.range[0] - b.range[0] ||
    a.range[1] - b.range[1] ||
    byCodeUnit(a.message, b.message)
  )
}

/** The same matter on the same lines is one remark, whichever criteria it counts against. */
function merged(remarks: readonly Remark[]): Remark[] {
  const groups = new Map<string, { worst: Remark; about: Set<string> }>()
  for (const remark of remarks) {
    const key = JSON.stringify([remark.path, remark.range, remark.title, remark.message])
    const group = groups.get(key) ?? { worst: remark, about: new Set() }
    groups.set(key, group)
    for (const id of remark.about) group.about.add(id)
    const level = SEVERITY[remark.level] < SEVERITY[group.worst.level] ? remark.level : group.worst.level
    group.worst = { ...group.worst, level, weight: Math.max(group.worst.weight, remark.weight) }
  }
  return [...groups.values()].map(({ worst, about }) => ({ ...worst, about: [...about] }))
}

function forCriterion(result: Result, criterion: ResultCriterion): Remark[] {
  if (letsThrough(criterion.outcome) && criterion.outcome !== 'warn') return []
  const rule = placeOf(criterion.limit.origin)
  const words = criterion.reasons.map((reason) => reason.text).join('; ')
  const fix = criterion.steps.map((step) => `\n${step.text}`).join('')
  const level = criterion.outcome === 'warn' || criterion.outcome === 'pending' ? 'warning' : 'failure'
  const own: Remark[] =
    rule === null
      ? []
      : [
          {
            path: rule.path,
            range: [rule.line, rule.line],
            level,
            weight: RULE,
            title: criterion.id,
            message: words + fix,
            about: [],
          },
        ]
  const parts = result.metrics.find((entry) => entry.id === criterion.metric)?.parts ?? []
  const marks = parts.flatMap((part) => (part.kind === 'file' ? [] : forPart(criterion, part)))
  const lines = linesToCover(result, criterion).map((one) => ({ ...one, level: 'warning' as const, about: [criterion.id] }))
  return [...own, ...marks.slice(0, MOST_MARKS), ...lines.slice(0, MOST_RANGES)]
}

/** A finding, a failed test, a document's line. What has a file and no line stands at the file's beginning. */
function forPart({ id, outcome }: ResultCriterion, part: MetricPart): Remark[] {
  const { path, state, name, detail, ranges, kind, lines } = part
  if (state === 'pass' || path === null) return []
  const level = state === 'short' && outcome === 'fail' ? 'failure' : 'warning'
  const weight = part.must === true ? STOPS : (part.lacks ?? 0)
  const rest = kind === 'test' ? (lines ?? []).slice(1) : []
  const message = [detail === '' ? name : detail, ...rest].join('\n')
  const places = ranges.length > 0 || kind !== 'test' ? ranges : [[1, 1] as [number, number]]
  return places.map((range) => ({ path, range, level, weight, title: name, message, about: [id] }))
}

type Lines = Pick<Remark, 'path' | 'range' | 'weight' | 'title' | 'message'>

/** Of new code every line that nothing ran; of all the code those that the shortest path asks for. */
function linesToCover({ newCode }: Result, criterion: ResultCriterion): Lines[] {
  const files =
    newCode !== null && newCode.metric === criterion.metric
      ? newCode.files
      : criterion.steps.flatMap((step) => (step.kind === 'cover' ? step.items : []))
  return files.flatMap(({ path, ranges }) =>
    path === null
      ? []
      : ranges.map((range) => ({ path, range, weight: range[1] - range[0], title: 'Not covered', message: uncovered(range) })),
  )
}

function uncovered(range: [number, number]): string {
  return `No test runs ${linesOf([range], 1)}`
}

/** New lines that nothing ran, where no criterion marks them as held against it. */
function forNewCode({ newCode }: Result, criteria: readonly ResultCriterion[]): Remark[] {
  if (newCode === null || criteria.some((one) => one.metric === newCode.metric && !letsThrough(one.outcome))) return []
  const marks = newCode.files.flatMap(({ path, ranges }) =>
    ranges.map(
      (range): Remark => ({
        path,
        range,
        level: 'notice',
        weight: 0,
        title: 'New code, not covered',
        message: uncovered(range),
        about: [],
      }),
    ),
  )
  return marks.slice(0, MOST_RANGES)
}

function forNotices(result: Result): Remark[] {
  const level = result.decision.verdict === 'error' && result.levels.length === 0 ? 'failure' : 'warning'
  return result.notices
    .filter((notice) => notice.path !== undefined && notice.line !== undefined)
    .map((notice) => ({
      path: notice.path!,
      range: [notice.line!, notice.line!],
      level,
      weight: 0,
      title: notice.code,
      message: notice.hint === undefined ? notice.message : `${notice.message}\n${notice.hint}`,
      about: [],
    }))
}

/** Without what a reader should not meet; done last, for the few that are shown. */
function visible({ path, range: [from, to], level, title, message, about }: Remark): Annotation {
  const lines = message.slice(0, LONGEST_MESSAGE).split('\n').slice(0, MOST_LINES)
  const text = lines.map((line) => plain(line)).filter((line) => line !== '')
  const counts =
    about.length === 0 ? '' : ` (${about.slice(0, 3).join(', ')}${about.length > 3 ? ` and ${about.length - 3} more` : ''})`
  const shown = `${plain(title, LONGEST_TITLE - Math.min(100, counts.length))}${counts}`.slice(0, LONGEST_TITLE)
  return {
    path,
    startLine: Math.max(1, from),
    endLine: Math.max(1, from, to),
    level,
    message: text.join('\n') || shown,
    title: shown,
  }
}

function placeOf(origin: string): { path: string; line: number } | null {
  const match = /^([^:\s]{1,400}\.(?:ya?ml|json)):(\d{1,7})(?::\d{1,7})?$/.exec(origin)
  return match ? { path: match[1]!, line: Number(match[2]) } : null
}

/** GitHub refuses the whole request for a path it cannot place, so only clean relative ones are sent. */
function inRepository(path: string): boolean {
  return path !== '' && path.length < 1_000 && plain(path) === path && !/^(?:\/|[a-z]:)|\\|(?:^|\/)\.\.?(?:\/|$)/i.test(path)
}
