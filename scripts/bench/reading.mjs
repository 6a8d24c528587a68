// Rows about reading: `certify inspect` on a large report, which hashes what it reads, beside what its bytes cost at least.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { cobertura, istanbul, jacoco, lcov } from './inputs/coverage.mjs'
import { sarif } from './inputs/findings.mjs'
import { junit, k6Points } from './inputs/tests.mjs'
import { writeInput } from './inputs/write.mjs'
import { writeZip } from './inputs/zip.mjs'
import { inTurns, outputOf, peakOf } from './programs.mjs'
import { megabytesPerSecond } from './statistics.mjs'

const FLOORS = { 'newline count': 'newlines', readFileSync: 'read', 'JSON.parse': 'parse', inflateRawSync: 'inflate' }
const XML = { ratio: 4, memory: 100 }
const MANY = 5000
const CASES_OF_MANY = 40

export const READING_ROWS = [
  fileRow('LCOV', '100 MB', 'lcov.info', () => lcov(100e6), 'newline count', { ratio: 2, memory: 100 }),
  twiceRow('LCOV, twice the input', '50, 100 MB', 'lcov.info', lcov),
  fileRow('Cobertura', '50 MB', 'coverage.xml', () => cobertura(50e6), 'readFileSync', XML),
  fileRow('Cobertura', '100 MB', 'coverage.xml', () => cobertura(100e6), 'readFileSync', XML),
  twiceRow('Cobertura, twice the input', '50, 100 MB', 'coverage.xml', cobertura),
  fileRow('JaCoCo', '50 MB', 'jacoco.xml', () => jacoco(50e6), 'readFileSync', XML),
  fileRow('JUnit, one file', '200,000 cases', 'junit.xml', () => junit(200_000), 'readFileSync', { ratio: 3 }),
  manyRow('JUnit, many files', { ratio: 3 }),
  fileRow('SARIF', '50,000 results', 'scan.sarif', () => sarif(50_000), 'JSON.parse', { ratio: 1.2, memory: 200 }),
  fileRow('Istanbul map', '100 MB', 'coverage-final.json', () => istanbul(100e6), 'JSON.parse', { ratio: 1 }),
  judgedRow('LCOV and JUnit, judged', '100 MB, 200,000 cases'),
  zipRow('zip of JUnit files, read and parsed', { ratio: 1.7 }),
  fileRow('k6 points', '100 MB', 'k6.json', () => k6Points(100e6), 'readFileSync', {}),
]

function fileRow(what, input, name, make, floor, goals) {
  const measure = async ({ folder, action, runs }) => {
    const { bytes, known } = madeInput(join(folder, name), { make: make(), action })
    if (!known) return { note: 'not read yet' }
    return figuresOf({ own: inspect(action, folder, [name]), floor: floorOf(floor, folder, [name]) }, { bytes, runs, folder })
  }
  return { what, input, floor, goals, measure }
}

/** How time and memory grow: the one promise that needs no floor. */
function twiceRow(what, input, name, make) {
  const measure = async ({ folder, action, runs }) => {
    const [once, twice] = [50e6, 100e6].map((size) => {
      const own = join(folder, String(size))
      mkdirSync(own)
      madeInput(join(own, name), { make: make(size), action })
      return inspect(action, own, [name])
    })
    const seconds = await inTurns({ once, twice }, runs)
    const [less, more] = [await peakOf(once, folder), await peakOf(twice, folder)]
    return { timeRatio: seconds.twice / seconds.once, memoryRatio: more / less }
  }
  return { what, input, goals: { timeRatio: 2.2, memoryRatio: 1.1 }, measure }
}

function manyRow(what, goals) {
  const measure = async ({ folder, action, runs }) => {
    const names = Array.from({ length: MANY }, (_, at) => `TEST-${at}.xml`)
    const bytes = names.reduce((sum, name, at) => sum + writeInput(join(folder, name), junit(CASES_OF_MANY, at)).bytes, 0)
    return figuresOf(
      { own: inspect(action, folder, names), floor: floorOf('readFileSync', folder, names) },
      { bytes, runs, folder },
    )
  }
  return { what, input: `${MANY} files`, floor: 'readFileSync', goals, measure }
}

/** `certify evaluate` whole, advisory so that a verdict on invented reports fails nothing: to the ledger and the written report. */
function judgedRow(what, input) {
  const measure = async ({ folder, action, runs }) => {
    const names = ['lcov.info', 'junit.xml']
    const made = [lcov(100e6), junit(200_000)].map((make, at) => writeInput(join(folder, names[at]), make))
    writeFileSync(
      join(folder, 'policy.yml'),
      `version: 1\nmode: advisory\nmetrics: { test_coverage: { evidence: [${names}] } }\n`,
    )
    const own = { args: [join(action, 'dist/cli.js'), 'evaluate', '--config', 'policy.yml'], cwd: folder }
    const bytes = made.reduce((sum, one) => sum + one.bytes, 0)
    return figuresOf({ own, floor: floorOf('readFileSync', folder, names) }, { bytes, runs, folder })
  }
  return { what, input, floor: 'readFileSync', goals: {}, measure }
}

/** No command reads a zip from disk: this is the part of an evaluation that comes after the artifact's download. */
function zipRow(what, goals) {
  const measure = async ({ folder, runs }) => {
    const download = join(folder, 'download')
    mkdirSync(download)
    const zip = join(download, 'reports.zip')
    const bytes = writeZip(zip, junitFiles())
    const reader = join(folder, 'zip-reader.cjs')
    const entry = { entryPoints: ['scripts/bench/zip-reader.mjs'], outfile: reader }
    await build({ ...entry, bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' })
    const own = { args: [reader, download, String(MANY)] }
    return figuresOf({ own, floor: floorOf('inflateRawSync', folder, [zip]) }, { bytes, runs, folder })
  }
  return { what, input: `${MANY} files`, floor: 'inflateRawSync', goals, measure }
}

function* junitFiles() {
  for (let at = 0; at < MANY; at += 1) yield [`reports/TEST-${at}.xml`, [...junit(CASES_OF_MANY, at)].join('')]
}

async function figuresOf({ own, floor }, { bytes, runs, folder }) {
  const seconds = await inTurns({ own, floor }, runs)
  return {
    seconds: seconds.own,
    floorSeconds: seconds.floor,
    ratio: seconds.own / seconds.floor,
    megabytesPerSecond: megabytesPerSecond(bytes, seconds.own),
    memory: await peakOf(own, folder),
  }
}

function inspect(action, cwd, names) {
  return { args: [join(action, 'dist/cli.js'), 'inspect', '--json', ...names], cwd }
}

function floorOf(floor, cwd, names) {
  return { args: [resolve(`scripts/bench/floors/${FLOORS[floor]}.cjs`), ...names], cwd }
}

/** Throws Error where what is read is not what was written: a wrong reading has no speed. `known` false: no format is told. */
function madeInput(file, { make, action }) {
  const { bytes, expected } = writeInput(file, make)
  const [{ format, problems, coverage, tests, security }] = JSON.parse(outputOf(inspect(action, '.', [file])))
  const read = { lines: coverage?.lines, tests, counts: security?.counts }
  for (const [name, values] of Object.entries(expected))
    for (const [key, value] of Object.entries(values))
      if (format !== null && read[name]?.[key] !== value)
        throw new Error(`${name}.${key} is ${value} and was read as ${read[name]?.[key]} ${JSON.stringify(problems)}`)
  return { bytes, known: format !== null }
}
