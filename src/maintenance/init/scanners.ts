// Scanners with a configuration of their own, and load tests that lie there: a step for what runs anywhere, a note for what does not.
import { type Found, NOTHING, type Repository } from './repository.ts'

export function bandit({ texts }: Repository): Found {
  const config = texts.has('.bandit') || texts.has('bandit.yaml') || /^\[tool\.bandit\]/m.test(texts.get('pyproject.toml') ?? '')
  if (!config) return NOTHING
  const settings = texts.has('bandit.yaml') ? ' -c bandit.yaml' : texts.has('.bandit') ? '' : ' -c pyproject.toml'
  return scanner('bandit', 'reports/bandit.sarif', [
    'mkdir -p reports && pip install "bandit[toml]" bandit-sarif-formatter',
    `bandit -r .${settings} -f sarif -o reports/bandit.sarif --exit-zero`,
  ])
}

export function semgrep({ texts }: Repository): Found {
  const config = ['.semgrep.yml', '.semgrep.yaml', 'semgrep.yml', 'semgrep.yaml'].find((path) => texts.has(path))
  if (config === undefined) return NOTHING
  return scanner('semgrep', 'reports/semgrep.sarif', [
    'mkdir -p reports && pip install semgrep',
    `semgrep scan --config ${config} --sarif --output reports/semgrep.sarif`,
  ])
}

export function trivy({ texts }: Repository): Found {
  if (!texts.has('trivy.yaml')) return NOTHING
  return {
    ...NOTHING,
    notes: ['trivy.yaml: run trivy fs --format sarif --output reports/trivy.sarif . in a step before certify.'],
  }
}

/** What a load test runs against only the repository knows: it is named, not run. */
export function k6({ texts }: Repository): Found {
  const script = [...texts].find(([, text]) => /from ['"]k6(?:\/\w+)?['"]/.test(text))?.[0]
  if (script === undefined) return NOTHING
  return { ...NOTHING, notes: [`k6 run --summary-export k6-summary.json ${script} writes the figures that certify reads.`] }
}

function scanner(name: string, path: string, commands: string[]): Found {
  return { ...NOTHING, reports: [{ path, kind: 'security', by: name }], steps: commands.map((run) => ({ run })) }
}
