// All looks at a repository put together: how its reports are made, and where each of them lies.
import picomatch from 'picomatch'
import type { Kind } from '../../model/evidence.ts'
import { dotnet, go, rust } from './compiled.ts'
import { gradle, maven } from './jvm.ts'
import { node } from './node.ts'
import { python } from './python.ts'
import { type Found, type Lying, type Made, NOTHING, type Report, type Repository, type Step } from './repository.ts'
import { bandit, k6, semgrep, trivy } from './scanners.ts'
import { scripts, workflows } from './scripts.ts'

export interface Detected {
  reports: Report[]
  setup: Step[]
  steps: Step[]
  notes: string[]
}

const LANGUAGES = [node, python, maven, gradle, go, dotnet, rust]

/** Folders whose reports are examples or inputs of tests, not this repository's own. */
const NOT_OURS = /(?:^|\/)(?:__?\w*fixtures?\w*|testdata|examples?|samples?|__tests__|golden|snapshots?|certify-report)\//i

const NO_COVERAGE =
  'Nothing writes coverage: coverage/lcov.info is named for it. c8 and jest write it there with an lcov reporter, node --test with --experimental-test-coverage --test-reporter=lcov and that destination.'

/** Of one run's coverage in several formats the first is taken. */
const COVERAGE = [/lcov/, /cobertura|coverage\.xml$/, /jacoco/, /clover/, /final/]

/** Pure. What the repository's own commands write comes first, then what their usual configuration does, then what lies there. */
export function detect(repo: Repository): Detected {
  const languages = LANGUAGES.map((look) => look(repo))
  const earlier = workflows(repo)
  const own = makingOf(repo, languages, earlier)
  const secured = own.reports.some((one) => one.kind === 'security')
  const scanners = [bandit, semgrep, trivy].map((look) => look(repo)).filter(() => !secured)
  const all = [own, ...scanners]
  const reports = located(
    [...all, earlier].flatMap((one) => one.reports),
    repo,
  )
  const covering = uncovered(reports, languages[0]!)
  const load = reports.some((one) => one.kind === 'performance') ? [] : k6(repo).notes
  return {
    reports: [...reports, ...covering].sort((a, b) => (a.path < b.path ? -1 : 1)),
    setup: distinct([...languages.flatMap((one) => one.setup), ...own.setup]),
    steps: distinct(all.flatMap((one) => one.steps)),
    notes: [...new Set([...all.flatMap((one) => one.notes), ...load, ...covering.map(() => NO_COVERAGE), ...committed(reports)])],
  }
}

/** Tests alone never tell coverage. Where nothing writes it, the place is named where JavaScript's tools write it. */
function uncovered(reports: readonly Report[], javascript: Found): Report[] {
  const has = (kind: Kind): boolean => reports.some((one) => one.kind === kind && one.level === 'component')
  if (javascript === NOTHING || !has('tests') || has('coverage')) return []
  return [{ path: 'coverage/lcov.info', kind: 'coverage', level: 'component', by: 'nothing writes it', lying: null }]
}

/** A workflow's own command, else a script that writes reports and that no other command calls, else what the languages say. */
function makingOf(repo: Repository, languages: readonly Found[], earlier: Found): Found {
  const script = scripts(repo)
  const [path] = script.steps.map((step) => step.run!.replace('./', ''))
  const manifest = repo.texts.get('package.json') ?? ''
  const called = path !== undefined && languages[0]!.steps.length > 0 && manifest.includes(path)
  if (earlier.steps.length > 0) return earlier
  if (path !== undefined && !called) return script
  return {
    reports: [...languages, script].flatMap((one) => one.reports),
    setup: script.setup,
    steps: languages.flatMap((one) => one.steps),
    notes: languages.flatMap((one) => one.notes),
  }
}

function located(made: readonly Made[], repo: Repository): Report[] {
  const lying = oneFormat(repo.lying.filter((one) => !NOT_OURS.test(one.path)))
  const globs = made.map(({ path }) => picomatch(path, { dot: true }))
  const declared = made.flatMap((one, at): Report[] => {
    const there = lying.filter((report) => globs[at]!(report.path))
    const level = one.level ?? there[0]?.level ?? repo.levelOf(one.path) ?? 'component'
    // A variable in a path stands for more than one report: those that lie there say which.
    if (there.length > 0 && one.path.includes('*') && new Set(there.map((report) => report.level)).size > 1) return []
    return [{ ...one, kind: there[0]?.kind ?? one.kind, level, lying: there[0] ?? null }]
  })
  const known = (path: string): boolean => declared.some((one) => picomatch(one.path, { dot: true })(path))
  const rest = lying.filter((one) => !known(one.path)).map(asReport)
  const found = [...declared, ...rest].filter((one, at, all) => all.findIndex((other) => other.path === one.path) === at)
  // What nobody has seen gives way to what lies there.
  const seen = (one: Report): boolean =>
    found.some((other) => other.lying !== null && other.kind === one.kind && other.level === one.level)
  return found.filter((one) => one.lying !== null || !seen(one)).sort((a, b) => (a.path < b.path ? -1 : 1))
}

function committed(reports: readonly Report[]): string[] {
  const tracked = reports.filter((one) => one.lying?.tracked === true)
  if (tracked.length === 0) return []
  return [
    `${tracked[0]!.path}${tracked.length > 1 ? ` and ${tracked.length - 1} more` : ''} in git: a committed report proves nothing in a workflow. git rm --cached, and .gitignore.`,
  ]
}

function asReport(lying: Lying): Report {
  return { path: lying.path, kind: lying.kind, level: lying.level ?? 'component', by: 'lies there', lying }
}

/** Tools write one run's coverage in several formats side by side. */
function oneFormat(lying: readonly Lying[]): Lying[] {
  const rank = ({ path }: Lying): number =>
    (COVERAGE.findIndex((form) => form.test(path)) + COVERAGE.length + 1) % (COVERAGE.length + 1)
  const folder = ({ path }: Lying): string => path.slice(0, path.lastIndexOf('/') + 1)
  return lying.filter(
    (one) =>
      one.kind !== 'coverage' ||
      !lying.some(
        (other) =>
          other !== one &&
          other.kind === 'coverage' &&
          folder(one).startsWith(folder(other)) &&
          other.level === one.level &&
          rank(other) < rank(one),
      ),
  )
}

function distinct(steps: readonly Step[]): Step[] {
  const key = (step: Step): string => JSON.stringify([step.uses, step.run])
  return steps.filter((step, at) => steps.findIndex((other) => key(other) === key(step)) === at)
}
