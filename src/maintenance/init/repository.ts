// What init looks at and what it makes of it: files as text, reports that lie there, and the reports and steps that follow from them.
import type { Kind } from '../../model/evidence.ts'
import type { LevelId } from '../../model/level.ts'

/** A report that lies in the folder, read and told by its content. */
export interface Lying {
  path: string
  kind: Kind
  /** What its path says; null: nothing. */
  level: LevelId | null
  /** In git: then it proves nothing in a workflow, whoever writes it anew. */
  tracked: boolean
  /** Of performance reports. */
  measurements: readonly { name: string; value: number; unit: string | null }[]
  /** Limits that a load test holds itself to, as it writes them: `http_req_duration p(95)<200`. */
  stated: readonly string[]
  /** It counts good and total events. */
  events: boolean
  /** Of test reports: names of suites. */
  suites: readonly string[]
}

export interface Repository {
  /** Text of the files that MARKERS names, by path. Hostile like everything a repository holds. */
  texts: ReadonlyMap<string, string>
  lying: readonly Lying[]
  /** Of a path, by the words in it. */
  levelOf: (path: string) => LevelId | null
  defaultBranch: string
}

/** A report that the repository makes, or would with the steps found. */
export interface Report {
  path: string
  kind: Kind
  level: LevelId
  /** What says so, for a person: `package.json`, `lies there`. */
  by: string
  lying: Lying | null
}

/** A step of the workflow. `with` values are written as they are. */
export interface Step {
  uses?: string
  with?: Readonly<Record<string, string>>
  run?: string
  /** Said beside it. */
  note?: string
}

/** A report that a command of the repository writes. `level`: where it is known better than from the path. */
export interface Made {
  path: string
  kind: Kind
  by: string
  level?: LevelId
}

/** What one look at the repository found. */
export interface Found {
  reports: readonly Made[]
  /** Sets up the language and what the tests need. */
  setup: readonly Step[]
  /** Run tests or scanners, with the repository's own command. */
  steps: readonly Step[]
  /** What a person has to know or choose, a sentence each. */
  notes: readonly string[]
}

export const NOTHING: Found = { reports: [], setup: [], steps: [], notes: [] }

/** Files that say how the repository builds, tests and scans. Globs below the workspace. */
export const MARKERS: readonly string[] = [
  '.github/workflows/*.{yml,yaml}',
  '*.sh',
  '{scripts,ci,.ci,bin,tools}/*.sh',
  'Makefile',
  'package.json',
  '{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,.nvmrc,.node-version}',
  '{jest,vitest,vite}.config.{js,ts,mjs,cjs,mts,json}',
  '{.c8rc,.c8rc.json,.nycrc,.nycrc.json}',
  '{pyproject.toml,pytest.ini,setup.cfg,tox.ini,.coveragerc,requirements.txt,requirements-dev.txt,.python-version}',
  '{tests,test}/{test_*,*_test,conftest}.py',
  '{pom.xml,mvnw,build.gradle,build.gradle.kts,gradlew,settings.gradle,settings.gradle.kts}',
  '{go.mod,Cargo.toml,.config/nextest.toml,global.json}',
  '{*,*/*,*/*/*}.{csproj,sln,slnx}',
  '{.bandit,bandit.yaml,.semgrep.yml,.semgrep.yaml,semgrep.yml,semgrep.yaml,trivy.yaml,.secretlintrc.json,.secretlintrc.yml}',
  '{load,loadtest,load-test,load-tests,perf,performance,k6}/*.{js,ts}',
  '{test,tests}/{load,perf,performance,k6}/*.{js,ts}',
  'README.md',
]
