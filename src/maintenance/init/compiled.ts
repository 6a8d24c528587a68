// Go, .NET and Rust: what their own test commands write.
import { pinned } from './actions.ts'
import { type Found, NOTHING, type Repository } from './repository.ts'

export function go({ texts }: Repository): Found {
  if (!texts.has('go.mod')) return NOTHING
  return {
    reports: [{ path: 'cover.out', kind: 'coverage', by: 'go.mod' }],
    setup: [{ uses: pinned('go'), with: { 'go-version-file': 'go.mod' } }],
    steps: [{ run: 'go test -coverprofile=cover.out ./...' }],
    notes: ['go test writes no test report: gotestsum --junitfile junit.xml -- -coverprofile=cover.out ./... does.'],
  }
}

export function dotnet({ texts }: Repository): Found {
  const project = [...texts.keys()].find((path) => /\.(?:csproj|sln|slnx)$/.test(path))
  if (project === undefined) return NOTHING
  const collects = [...texts.values()].some((text) => text.includes('coverlet.collector'))
  return {
    reports: [
      { path: 'TestResults/**/*.trx', kind: 'tests', by: project },
      { path: 'TestResults/**/coverage.cobertura.xml', kind: 'coverage', by: project },
    ],
    setup: [
      {
        uses: pinned('dotnet'),
        with: texts.has('global.json') ? { 'global-json-file': 'global.json' } : { 'dotnet-version': '10.0.x' },
      },
    ],
    steps: [{ run: 'dotnet test --logger trx --results-directory TestResults --collect "XPlat Code Coverage"' }],
    notes: collects ? [] : ['Coverage needs the package coverlet.collector in the test projects.'],
  }
}

export function rust({ texts }: Repository): Found {
  if (!texts.has('Cargo.toml')) return NOTHING
  const nextest = texts.get('.config/nextest.toml')
  const profile =
    nextest === undefined ? null : /\[profile\.([\w-]+)\.junit\]\s*\n(?:[^[]*\n)?\s*path\s*=\s*"([\w./-]+)"/.exec(nextest)
  if (nextest === undefined || profile === null) {
    return {
      ...NOTHING,
      steps: [{ run: 'cargo test' }],
      notes: ['cargo test writes no report: cargo-nextest (junit in .config/nextest.toml) and cargo-llvm-cov (--lcov) do.'],
    }
  }
  const [, name, path] = profile
  return {
    reports: [
      { path: `target/nextest/${name}/${path}`, kind: 'tests', by: '.config/nextest.toml' },
      { path: 'lcov.info', kind: 'coverage', by: 'cargo-llvm-cov' },
    ],
    setup: [{ run: 'cargo install --locked cargo-nextest cargo-llvm-cov' }],
    steps: [{ run: `cargo llvm-cov nextest --profile ${name} --lcov --output-path lcov.info` }],
    notes: [],
  }
}
