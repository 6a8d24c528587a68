// Python: pytest and coverage.py, by their configuration and by tests that lie where pytest looks.
import { pinned } from './actions.ts'
import { reportsIn } from './commands.ts'
import { type Found, NOTHING, type Repository, type Step } from './repository.ts'

const CONFIGS = ['pyproject.toml', 'pytest.ini', 'setup.cfg', 'tox.ini', '.coveragerc']
const REQUIREMENTS = ['requirements-dev.txt', 'requirements.txt']

export function python({ texts }: Repository): Found {
  const config = CONFIGS.map((path) => texts.get(path) ?? '').join('\n')
  const tests = [...texts.keys()].some((path) => path.endsWith('.py'))
  const pytest = tests || /\bpytest\b/.test(config)
  if (!pytest) return NOTHING
  const by = CONFIGS.find((path) => /pytest/.test(texts.get(path) ?? '')) ?? 'tests for pytest'
  const declared = reportsIn(config)
  const [hasTests, hasCoverage] = ['tests', 'coverage'].map((kind) => declared.some((one) => one.kind === kind))
  const flags = [
    hasTests ? '' : '--junitxml=reports/junit.xml',
    hasCoverage ? '' : `--cov${/--cov[= ]|source\s*=/.test(config) ? '' : '=.'} --cov-report=xml:reports/coverage.xml`,
  ]
  const run = ['pytest', ...flags].filter((part) => part !== '').join(' ')
  return {
    reports: [...declared, ...reportsIn(run)].map((one) => ({ ...one, by })),
    setup: [{ uses: pinned('python'), with: versionOf(texts) }, install(texts)],
    steps: [{ run }],
    notes: [],
  }
}

function versionOf(texts: Repository['texts']): Record<string, string> {
  return texts.has('.python-version') ? { 'python-version-file': '.python-version' } : { 'python-version': '"3.13"' }
}

function install(texts: Repository['texts']): Step {
  const listed = REQUIREMENTS.find((path) => texts.has(path))
  const project = /^\[(?:project|tool\.poetry)\]/m.test(texts.get('pyproject.toml') ?? '') ? ' .' : ''
  return { run: `pip install${listed === undefined ? '' : ` -r ${listed}`}${project} pytest pytest-cov` }
}
