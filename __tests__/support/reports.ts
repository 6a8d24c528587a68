// Models of reports for property tests, and the text that a tool would write of them: the oracle of what a reader must find.
import fc from 'fast-check'

export interface CoveredFile {
  path: string
  /** Hits by line, ascending. */
  lines: [line: number, hits: number][]
}

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,7}$/)
const hits = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4_000_000_000 }))

const covered = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), hits), { minLength: 1, maxLength: 12, selector: ([line]) => line })
  .map((lines) => lines.sort(([a], [b]) => a - b))

/** Of few files, so that two reports share some. */
export const coverage: fc.Arbitrary<CoveredFile[]> = fc.uniqueArray(
  fc.record({ path: fc.constantFrom('src/a.js', 'src/b.js', 'lib/a.js', 'lib/c d.js', 'e.js'), lines: covered }),
  { minLength: 1, maxLength: 5, selector: (file) => file.path },
)

export function totalsOf(files: readonly CoveredFile[]): { covered: number; total: number } {
  const lines = files.flatMap((file) => file.lines)
  return { covered: lines.filter(([, count]) => count > 0).length, total: lines.length }
}

export function lcovOf(files: readonly CoveredFile[]): string {
  return files
    .map(({ path, lines }) => {
      const { covered: hit, total } = totalsOf([{ path, lines }])
      return `TN:\nSF:${path}\n${lines.map((line) => `DA:${line.join()}\n`).join('')}LF:${total}\nLH:${hit}\nend_of_record\n`
    })
    .join('')
}

export function coberturaOf(files: readonly CoveredFile[]): string {
  const { covered: hit, total } = totalsOf(files)
  const classes = files.map(
    ({ path, lines }) =>
      `<class name="${path}" filename="${path}" line-rate="1"><methods/><lines>${lines.map(([at, count]) => `<line number="${at}" hits="${count}"/>`).join('')}</lines></class>`,
  )
  return `<?xml version="1.0"?>\n<coverage line-rate="${hit / total}" lines-covered="${hit}" lines-valid="${total}" version="1" timestamp="1"><packages><package name="p"><classes>${classes.join('')}</classes></package></packages></coverage>`
}

export function istanbulOf(files: readonly CoveredFile[]): string {
  const entry = ({ path, lines }: CoveredFile) => ({
    path,
    statementMap: Object.fromEntries(lines.map(([line], at) => [at, { start: { line, column: 0 }, end: { line, column: 9 } }])),
    fnMap: {},
    branchMap: {},
    s: Object.fromEntries(lines.map(([, count], at) => [at, count])),
    f: {},
    b: {},
  })
  return JSON.stringify(Object.fromEntries(files.map((file) => [file.path, entry(file)])))
}

export type Outcome = 'passed' | 'failed' | 'error' | 'skipped'
export interface Suite {
  name: string
  cases: { name: string; outcome: Outcome }[]
}

const text = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((one) => one.trim() === one && !/[\p{Cc}\u2028\u2029\ufffe\uffff]/u.test(one))
export const suites: fc.Arbitrary<Suite[]> = fc.uniqueArray(
  fc.record({
    name: text,
    cases: fc.uniqueArray(
      fc.record({ name: text, outcome: fc.constantFrom<Outcome>('passed', 'passed', 'failed', 'error', 'skipped') }),
      { minLength: 1, maxLength: 6, selector: (one) => one.name },
    ),
  }),
  { minLength: 1, maxLength: 4, selector: (suite) => suite.name },
)

export const escaped = (value: string) => value.replace(/[&<>"'\n\t\r]/g, (char) => `&#${char.charCodeAt(0)};`)

const INSIDE: Record<Outcome, string> = {
  passed: '',
  failed: '<failure message="no"/>',
  error: '<error message="no"/>',
  skipped: '<skipped/>',
}

export function junitOf(all: readonly Suite[]): string {
  const count = (cases: Suite['cases'], outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  const suite = ({ name: of, cases }: Suite) =>
    `<testsuite name="${escaped(of)}" tests="${cases.length}" failures="${count(cases, 'failed')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}">${cases
      .map((one) => `<testcase classname="c" name="${escaped(one.name)}" time="0">${INSIDE[one.outcome]}</testcase>`)
      .join('')}</testsuite>`
  return `<testsuites>${all.map(suite).join('')}</testsuites>`
}

export interface Found {
  rule: string
  level: 'error' | 'warning' | 'note'
  path: string
  line: number
}

export const findings: fc.Arbitrary<Found[]> = fc.uniqueArray(
  fc.record({
    rule: name,
    level: fc.constantFrom<Found['level']>('error', 'warning', 'note'),
    path: name,
    line: fc.integer({ min: 1, max: 500 }),
  }),
  { maxLength: 8, selector: (one) => `${one.rule} ${one.path} ${one.line}` },
)
