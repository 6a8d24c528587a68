// Remarks on lines: the policy's own line of a failed rule, uncovered ranges, findings and failed tests. Worst first, each once.

import type { MetricPart } from '../../model/metric.ts'
import { letsThrough } from '../../model/outcome.ts'
import type { Annotation } from '../../model/rendered.ts'
import type { Result, ResultCriterion } from '../../model/result.ts'
import { plain } from '../escape/plain.ts'
import { byCodeUnit } from '../evidence-list.ts'

/** Two requests of fifty: more than a reader takes in, and few enough to stay within the requests of one evaluation. */
export const MOST_ANNOTATIONS = 100
/** Ranges a criterion may mark: the rest is in the report. */
const MOST_RANGES = 25
const LONGEST_TITLE = 255
const LONGEST_MESSAGE = 4_000
const SEVERITY = { failure: 0, warning: 1, notice: 2 } as const
const COUNTED_IN_LINES = /^(?:lines?|statements?|branch(?:es)?|functions?|conditions?)$/

export function annotationsOf(result: Result): Annotation[] {
  const criteria = result.levels.filter((level) => level.number <= result.decision.target).flatMap((level) => level.criteria)
  const all = [...criteria.flatMap((criterion) => forCriterion(result, criterion)), ...forNotices(result)]
  const each = new Map(all.filter((note) => inRepository(note.path)).map((note) => [JSON.stringify(note), note]))
  return [...each.values()]
    .sort(
      (a, b) =>
        SEVERITY[a.level] - SEVERITY[b.level] ||
        byCodeUnit(a.path, b.path) ||
        a.startLine - b.startLine ||
        a.endLine - b.endLine ||
        byCodeUnit(a.message, b.message),
    )
    .slice(0, MOST_ANNOTATIONS)
}

function forCriterion(result: Result, criterion: ResultCriterion): Annotation[] {
  if (letsThrough(criterion.outcome) && criterion.outcome !== 'warn') return []
  const rule = placeOf(criterion.limit.origin)
  const words = criterion.reasons.map((reason) => reason.text).join('; ')
  const fix = criterion.reasons.find((reason) => reason.fix !== null)?.fix
  const level = criterion.outcome === 'warn' || criterion.outcome === 'pending' ? 'warning' : 'failure'
  const own =
    rule === null ? [] : [annotation(rule.path, [rule.line, rule.line], level, criterion.id, fix ? `${words}\n${fix}` : words)]
  const metric = result.metrics.find((entry) => entry.id === criterion.metric)
  const lines = metric?.ratio != null && COUNTED_IN_LINES.test(metric.ratio.what)
  const parts = (metric?.parts ?? []).filter((part) => part.state !== 'pass' && part.path !== null)
  const marks = parts.flatMap((part) =>
    part.ranges.map((range) => partAnnotation(criterion, part, range, lines, metric?.ratio?.what ?? '')),
  )
  return [...own, ...marks.slice(0, MOST_RANGES)]
}

function partAnnotation(
  criterion: ResultCriterion,
  part: MetricPart,
  range: [number, number],
  lines: boolean,
  what: string,
): Annotation {
  if (lines) {
    const place = range[0] === range[1] ? `Line ${range[0]}` : `Lines ${range[0]}-${range[1]}`
    return annotation(
      part.path!,
      range,
      'warning',
      `Not covered (${criterion.id})`,
      `${place} not covered: counts against ${criterion.id} by ${what}`,
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
  const text = message
    .split('\n')
    .map((line) => plain(line, LONGEST_MESSAGE / 2))
    .filter(Boolean)
    .join('\n')
  return {
    path,
    startLine: Math.max(1, from),
    endLine: Math.max(1, from, to),
    level,
    message: text || plain(title),
    title: plain(title, LONGEST_TITLE),
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
