// Compares what we read of the corpus of real reports with what was worked out of it by other means.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { type InspectEntry, inspect } from '../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'

interface Ratio {
  covered: number
  total: number
}

/** The parts of a manifest row's `expected` that are compared. */
interface Expected {
  ok: boolean
  lines?: Ratio | null
  accept_lines?: Ratio[]
  branches?: Ratio | null
  functions?: Ratio | null
  statements?: Ratio | null
  declared?: Partial<Record<string, Ratio | null>> | null
  recount?: Partial<Record<string, Ratio | null>> | null
  agree?: boolean | null
  total?: number
  passed?: number
  failed?: number
  errors?: number
  skipped?: number
  flaky?: number
  bail_out?: boolean
  missing_from_plan?: number
  metrics?: { name: string; value: number; unit: string | null }[]
  /** Of a report that has every sample, as k6's CSV has too: the metrics are computed, of all samples, to four decimals. */
  samples?: number
  /** Of Scorecard: -1 is a check that came to nothing, and has no value. */
  score?: number
  checks?: Record<string, number>
  counts?: Record<string, number>
  active?: number
  suppressed?: number
  /** Statements of a VEX document, which finds nothing. */
  status?: { not_affected?: number; fixed?: number }
  items?: number
  checked?: number
}

export interface Row {
  path: string
  format: string
  edge?: boolean
  expected: Expected
}

export interface Comparison {
  row: Row
  differences: string[]
}

/** The share of rows that must agree. */
const GOAL = 0.99

export interface Tally {
  rows: number
  agreeing: number
  explained: number
}

/** Whether the corpus is well read: enough rows agree, and each other one is explained. No row at all is no agreement. */
export function verdictOf({ rows, agreeing, explained }: Tally): { text: string; ok: boolean } {
  const open = rows - agreeing - explained
  const share = rows === 0 ? 0 : agreeing / rows
  const short = share < GOAL ? `; fewer than ${100 * GOAL} % agree` : ''
  const text = `${agreeing} of ${rows} agree (${(100 * share).toFixed(1)} %), ${explained} explained in docs/formats.md, ${open} differ${short}.`
  return { text, ok: share >= GOAL && open === 0 }
}

/** Rows of the corpus in the formats that we read; null: there is no corpus at that place. Throws where it has no manifest. */
export function rowsOf(folder: string): Row[] | null {
  if (!existsSync(folder)) return null
  const rows: Row[] = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'))
  return rows.filter((row) => FORMATS.some((format) => format.id === row.format))
}

/** An `edge` row is read as its format, others by their content alone. */
export function compareRow(folder: string, row: Row): Comparison {
  const bytes = new Uint8Array(readFileSync(join(folder, row.path)))
  const source = { path: row.path, size: bytes.length, chunks: () => (bytes.length === 0 ? [] : [bytes]) }
  const format = row.edge ? FORMATS.find((one) => one.id === row.format)! : null
  return { row, differences: differencesOf(row, inspect(source, DEFAULT_LIMITS, format)) }
}

/** Where it is lenient, docs/formats.md says so below the heading `Where we read it otherwise`. */
export function differencesOf(row: Row, entry: InspectEntry): string[] {
  const { expected } = row
  if (!expected.ok)
    return entry.ok ? ['was read, should be refused'] : entry.problems.length > 0 ? [] : ['refused without a problem']
  if (!entry.ok) return [`refused: ${entry.problems.map((problem) => problem.message).join('; ')}`]
  if (entry.format !== row.format) return [`taken for ${entry.format}`]
  if (entry.coverage) return [...coverage(expected, entry.coverage), ...agreement(expected, entry)]
  if (entry.tests) return tests(expected, entry.tests)
  if (entry.security)
    return [...equal(entry.security, statements(expected), ['active', 'suppressed']), ...counts(expected, entry.security.counts)]
  if (entry.performance) return performance(row, entry.performance)
  if (entry.checklist) return equal(entry.checklist, expected, ['items', 'checked'])
  return ['has no block to compare']
}

function equal<K extends keyof Expected & string>(found: Partial<Record<K, unknown>>, expected: Expected, keys: K[]): string[] {
  return keys
    .filter((key) => expected[key] !== undefined && expected[key] !== found[key])
    .map((key) => `${key}: ${String(found[key])}, expected ${String(expected[key])}`)
}

function tests(expected: Expected, found: NonNullable<InspectEntry['tests']>): string[] {
  const out = equal(found, expected, ['total', 'passed', 'failed', 'errors', 'skipped', 'flaky'])
  const { bail_out, missing_from_plan = 0 } = expected
  if ((bail_out || missing_from_plan > 0) && !found.unfinished) out.push('taken for a run that ended, expected unfinished')
  if (bail_out && found.suite_errors === 0) out.push('suite errors: 0, expected the one it bailed out for')
  return out
}

function coverage(expected: Expected, found: NonNullable<InspectEntry['coverage']>): string[] {
  const out: string[] = []
  const lines = expected.accept_lines ?? [expected.lines ?? null]
  if (!lines.some((one) => same(one, found.lines)))
    out.push(`lines: ${say(found.lines)}, expected ${lines.map(say).join(' or ')}`)
  for (const measure of ['branches', 'functions', 'statements'] as const) {
    if (expected[measure] === undefined) continue
    // Where the file disagrees with itself, either of its accounts will do.
    const accepted = [
      expected[measure],
      ...(expected.agree === false ? [expected.declared?.[measure], expected.recount?.[measure]] : []),
    ]
    if (!accepted.some((one) => same(one ?? null, found[measure]))) {
      out.push(`${measure}: ${say(found[measure])}, expected ${say(expected[measure] ?? null)}`)
    }
  }
  return out
}

function agreement({ agree, declared }: Expected, { coverage, problems }: InspectEntry): string[] {
  const found = coverage?.agree ?? null
  if (typeof agree !== 'boolean' || found === agree) return []
  // Where the file declares nothing, there is nothing to agree with: true says no more than null.
  if (agree && found === null && Object.values(declared ?? {}).every((one) => !one)) return []
  // "Accept any, but the tool should say so": it is said.
  if (!agree && problems.some((problem) => problem.code === 'left_out')) return []
  return [`agree: ${found}, expected ${agree}`]
}

function statements(expected: Expected): Expected {
  const { status } = expected
  return status ? { ...expected, active: 0, suppressed: (status.not_affected ?? 0) + (status.fixed ?? 0) } : expected
}

function counts(expected: Expected, found: Record<string, number>): string[] {
  return Object.entries(expected.counts ?? {})
    .filter(([severity, count]) => found[severity] !== count)
    .map(([severity, count]) => `${severity}: ${found[severity]}, expected ${count}`)
}

/** Of Lighthouse, in the corpus' own words: a share of 1, and a figure without a unit. */
const OUR_UNITS: Record<string, string | null> = { 'score0..1': 'ratio', '1': null }

function performance(
  { expected, format }: Row,
  { metrics: found, ...counts }: NonNullable<InspectEntry['performance']>,
): string[] {
  const wanted = expected.metrics ?? scores(expected)
  const computed = expected.samples !== undefined || format === 'k6-csv'
  const byName = new Map(found.map((metric) => [metric.name, metric]))
  const shared = (name: string) => wanted.filter((metric) => metric.name === name).length > 1
  const mineOf = ({ name, unit }: (typeof wanted)[number]) =>
    // Two figures of one name are told apart by their unit, since the name must say which one is meant.
    (shared(name) ? byName.get(`${name}.${unit}`) : undefined) ?? byName.get(name) ?? nameless(name)
  // `None`: how the manifest's writer spells the name of a benchmark that has no full one; then only one may be meant.
  const nameless = (name: string) => {
    if (format !== 'benchmarkdotnet' || !name.startsWith('None.')) return undefined
    const [only, ...others] = found.filter((metric) => metric.name.endsWith(name.slice('None'.length)))
    return others.length === 0 ? only : undefined
  }
  const missing = wanted.filter((metric) => {
    const mine = mineOf(metric)
    const within = computed ? 5.1e-5 : 1e-9 * Math.max(1, Math.abs(metric.value))
    // No unit: the file states none, and ours is what the tool's manual says.
    const unit = metric.unit !== null && metric.unit in OUR_UNITS ? OUR_UNITS[metric.unit] : (metric.unit ?? mine?.unit)
    return !mine || mine.unit !== unit || Math.abs(mine.value - metric.value) > within
  })
  const out = missing.map(
    (metric) => `${metric.name}: ${JSON.stringify(mineOf(metric))}, expected ${metric.value} ${metric.unit}`,
  )
  // The figures of each name that requests go by, and those of k6's summary, are ours alone.
  if (!computed && found.length !== wanted.length) out.push(`${found.length} metrics, expected ${wanted.length}`)
  return computed ? [...equal(counts, expected, ['samples', 'errors']), ...out] : out
}

function scores({ score, checks = {} }: Expected): NonNullable<Expected['metrics']> {
  if (score === undefined) return []
  return Object.entries({ score, ...checks })
    .filter(([, value]) => value !== -1)
    .map(([name, value]) => ({ name: `scorecard.${name}`, value, unit: null }))
}

function same(a: Ratio | null, b: Ratio | null): boolean {
  return a === null || b === null ? a === b : a.covered === b.covered && a.total === b.total
}

function say(ratio: Ratio | null): string {
  return ratio === null ? 'none' : `${ratio.covered}/${ratio.total}`
}

/** Paths in the first column of the table below the heading `Where we read it otherwise` of docs/formats.md. */
export function explainedIn(formatsPage: string): ReadonlySet<string> {
  const [, section = ''] = formatsPage.split(/^## Where we read it otherwise$/m)
  const [table = ''] = section.split(/^## /m)
  return new Set([...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!))
}
