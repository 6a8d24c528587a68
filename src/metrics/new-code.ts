// New code: of the lines that a change adds or alters and that hold code, those that a test ran (decision 3, 5).
import type { MetricConfig } from '../model/config.ts'
import type { ChangedFile } from '../model/diff.ts'
import type { Admitted, CoverageFacts, FileCoverage } from '../model/evidence.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { type ChangedLines, changedLines } from './changed-lines.ts'
import { isCoverage } from './coverage.ts'
import { selector } from './globs.ts'
import { known, refsOf, unknown } from './known.ts'
import type { MeasureInput, Measuring, Metric } from './metric.ts'
import { foldersAround, type Located, locate } from './report-paths.ts'
import { missing } from './scope.ts'
import { plural, shown } from './shown.ts'
import { sourceFiles } from './source-files.ts'
import { healthOf } from './test-health.ts'

const FILES = 20
const RANGES = 50
const LEFT_OUT = 100

export const newCode: Metric = {
  family: 'new_code',
  kinds: ['coverage'],
  accepts: ['coverage'],
  minds: ['tests'],
  rollsUp: false,
  measure(measuring) {
    const { metric, evidence, input } = measuring
    const reports = evidence.filter(isCoverage)
    if (reports.length === 0) return unknown(metric, 'no_evidence', missing(metric, newCode, [], input))
    const basis = refsOf(reports)
    if (input.diff === null) return unknown(metric, 'not_applicable', [reason('no_change', {})], { basis })
    const { problem } = input.diff
    if (problem !== null) return unknown(metric, 'no_evidence', [reason('diff_incomplete', { why: problem })], { basis })
    return measureFiles(measuring, input.diff.files, reports)
  },
}

function measureFiles(
  { metric, tests, input }: Measuring,
  changed: readonly ChangedFile[],
  reports: readonly Admitted<CoverageFacts>[],
): MetricValue {
  const { covered, total, parts, open } = count(metric, changed, reports, input)
  const basis = refsOf(reports)
  const rest = { basis, parts, ratio: { good: covered, total, what: 'changed lines' } }
  const formula = `${covered} / ${plural(total, 'changed line')}`
  if (open.length > 0) return unknown(metric, 'no_evidence', open, { ...rest, formula })
  if (total === 0) return unknown(metric, 'not_applicable', [reason('new_code_nothing', {})], { ...rest, formula })
  if (total < metric.minLines) {
    const small = reason('new_code_small', { lines: total, needed: metric.minLines })
    return unknown(metric, 'not_applicable', [small], { ...rest, formula })
  }
  const value = (100 * covered) / total
  const health = healthOf(tests)
  return known(metric, value, `${formula} = ${shown(value)} %`, [...basis, ...refsOf(tests)], {
    ...rest,
    capped: health.capped,
    reasons: health.reasons,
    parts: [...health.parts, ...parts],
  })
}

interface Counted {
  covered: number
  total: number
  parts: MetricPart[]
  /** Each of these alone makes the figure unknown. */
  open: Reason[]
}

function count(
  metric: MetricConfig,
  changed: readonly ChangedFile[],
  reports: readonly Admitted<CoverageFacts>[],
  input: MeasureInput,
): Counted {
  const counted: Counted = { covered: 0, total: 0, parts: [], open: [] }
  const selected = selector(metric)
  const files = changed.filter((file) => addsLines(file) && selected(file.path))
  const mine = files.filter((file) => file.generated === null)
  if (mine.length > 0 && reports.every((one) => one.facts.files.every((file) => file.lines === null))) {
    counted.open.push(...reports.map((one) => reason('nothing_measured', { what: 'single lines', path: one.ref.path })))
    return counted
  }
  const located = locateAll(mine, reports, input)
  const isSource = sourceFiles(reports.flatMap((one) => one.facts.files.map((file) => file.path)))
  const short: ShortFile[] = []
  for (const file of mine) {
    const reported = located.found.get(file.path) ?? []
    if (reported.length === 0 && !isSource(file.path)) continue
    const why = whyUnknown(file, reported, located)
    if (why !== null) {
      counted.open.push(why)
      counted.parts.push({ name: file.path, state: 'unknown', detail: 'not known', path: file.path, ranges: [] })
      continue
    }
    const lines = changedLines(
      file.added,
      reported.flatMap((one) => one.lines ?? []),
    )
    counted.covered += lines.covered
    counted.total += lines.total
    if (lines.uncovered.length > 0) short.push({ path: file.path, ...lines })
  }
  short.sort((a, b) => b.total - b.covered - (a.total - a.covered) || (a.path < b.path ? -1 : 1))
  const generated = files.filter((file) => file.generated !== null)
  counted.parts = [
    ...counted.parts.slice(0, FILES),
    ...short.slice(0, FILES).map(shortPart),
    ...generated.slice(0, LEFT_OUT).map(leftOut),
  ]
  return counted
}

type ShortFile = ChangedLines & { path: string }

function shortPart({ path, covered, total, uncovered }: ShortFile): MetricPart {
  const shownRanges = uncovered.slice(0, RANGES)
  return {
    name: path,
    state: 'short',
    detail: `${covered} of ${plural(total, 'changed line')}`,
    path,
    ranges: shownRanges.map((one) => one.range),
    kind: 'file',
    lacks: total - covered,
    ...(shownRanges.length === uncovered.length ? { sizes: uncovered.map((one) => one.lines) } : {}),
  }
}

/** Nothing of a file that only moved, changed its mode or is gone has to be covered. */
function addsLines({ status, added, unread }: ChangedFile): boolean {
  return status !== 'deleted' && (added.length > 0 || unread !== null)
}

function locateAll(files: readonly ChangedFile[], reports: readonly Admitted<CoverageFacts>[], input: MeasureInput): Located {
  const { components, pathMap } = input.config
  const folders = ({ ref, declaredBy }: Admitted): string[] => {
    const component = components.find((one) => one.id === declaredBy.component)
    const own = (component?.paths ?? []).map((path) => path.replace(/\/?\*.*$/, '').replace(/\/+$/, ''))
    return [...new Set([...own, ...foldersAround(ref.path)])]
  }
  return locate(
    reports.map((one) => ({ path: one.ref.path, folders: folders(one), files: one.facts.files })),
    { wanted: files.map((file) => file.path), repository: input.repository, map: pathMap },
  )
}

function whyUnknown(file: ChangedFile, reported: readonly FileCoverage[], { unclear }: Located): Reason | null {
  if (file.unread !== null) {
    const why = file.unread === 'binary' ? 'the diff calls it binary' : 'the diff leaves it out'
    return reason('file_lines_unknown', { file: file.path, why })
  }
  if (reported.some((one) => one.lines !== null)) return null
  const among = unclear.get(file.path)
  if (among !== undefined) return reason('file_unclear', { file: file.path, ...among })
  return reported.length > 0
    ? reason('file_lines_unknown', { file: file.path, why: 'its coverage report has no single lines' })
    : reason('file_not_in_report', { file: file.path })
}

/** What was left out because nobody wrote it by hand: shown, and nothing that a criterion turns on. */
function leftOut({ path, generated }: ChangedFile): MetricPart {
  return { name: path, state: 'pass', detail: generated ?? '', path, ranges: [] }
}
