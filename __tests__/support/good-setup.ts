// A repository that is set up as it should be, on the stand-in for GitHub: tests start here and break one thing.

import { createClient } from '../../src/adapters/github/client.ts'
import { ApiSetup } from '../../src/adapters/github/setup.ts'
import type { Setup } from '../../src/app/setup-port.ts'
import { KeptLog } from './github/run.ts'
import type { GitHub } from './github/server.ts'
import { type World, world } from './ports.ts'

const PIN = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd'

export const CONFIG = `version: 1
evidence:
  - { path: "**/*.xml", artifact: "tests-*", expect: 2 }
  - { path: scan.sarif, artifact: scan }
certification_gates:
  gate_3: { environment: certify-gate-3, refs: [main] }
  gate_4: { environment: certify-gate-4, refs: [main] }
`

export const PULLS = `name: CI
on:
  pull_request:
  merge_group:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: { matrix: { level: [component, service] } }
    steps:
      - uses: actions/checkout@${PIN} # v6.0.2
      - uses: actions/upload-artifact@${PIN}
        with:
          name: tests-\${{ matrix.level }}
          path: junit.xml
  scan:
    needs: test
    if: always()
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@${PIN}
        with: { name: scan, path: scan.sarif }
  certify:
    needs: [scan]
    if: always()
    runs-on: ubuntu-latest
    permissions:
      contents: read
      actions: read
      checks: write
      pull-requests: write
    steps:
      - uses: actions/checkout@${PIN}
      - uses: acme/certify@${PIN}
        env:
          CERTIFY_NEEDS: \${{ toJSON(needs) }}
`

export const RELEASE = `name: Release
on:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@${PIN}
        with: { name: tests-all, path: junit.xml, retention-days: 30 }
      - uses: actions/upload-artifact@${PIN}
        with: { name: scan, path: scan.sarif }
  certify:
    needs: test
    if: always()
    permissions:
      contents: write
      actions: read
      checks: write
      pull-requests: write
    uses: acme/certify/.github/workflows/certify.yml@${PIN}
    with:
      needs: \${{ toJSON(needs) }}
  deploy:
    needs: certify
    if: needs.certify.outputs.proceed == 'true'
    runs-on: ubuntu-latest
    environment: production
    steps:
      - run: ./deploy
`

/** What is in the repository; `server` is where it is. */
export interface Files {
  config: string
  pulls: string
  release: string
  server: string
}

export const GOOD: Files = { config: CONFIG, pulls: PULLS, release: RELEASE, server: 'https://github.com' }

export function requiredCheck(context: string): Record<string, unknown> {
  return {
    type: 'required_status_checks',
    ruleset_source_type: 'Repository',
    ruleset_source: 'acme/shop',
    ruleset_id: 1,
    parameters: { strict_required_status_checks_policy: true, required_status_checks: [{ context, integration_id: 15368 }] },
  }
}

export const requiredWorkflow = {
  type: 'workflows',
  ruleset_source_type: 'Organization',
  ruleset_source: 'acme',
  ruleset_id: 2,
  parameters: { workflows: [{ path: '.github/workflows/certify-required.yml', repository_id: 7, ref: 'refs/heads/main' }] },
}

/** The host's part of a good set-up. */
export function setUp({ state }: GitHub): void {
  state.private = false
  const rules = { preventSelfReview: true, adminsBypass: false, branches: ['main'] }
  state.addEnvironment('certify-gate-3', { ...rules, reviewers: ['carol', 'acme/release'] })
  state.addEnvironment('certify-gate-4', { ...rules, reviewers: ['dave'] })
  state.branchRules.set('main', [requiredCheck('certify verdict'), requiredWorkflow])
  state.addRun(1)
  state.addArtifact(1, 'scan', new Uint8Array())
}

export interface Doctored {
  ports: World
  host: Setup
}

/** As `command: doctor` sees it in a job with \`contents: read\` and \`actions: read\`. */
export async function doctored(github: GitHub, files: Files, change: Partial<World> = {}): Promise<Doctored> {
  const log = new KeptLog()
  github.state.addFile('main', '.github/workflows/ci.yml', files.pulls)
  github.state.addFile('main', '.github/workflows/release.yml', files.release)
  const client = await createClient({ token: github.token, env: { GITHUB_API_URL: github.url }, log, pauseMs: 5 })
  const ports = world(
    {
      '.github/certification.yml': files.config,
      '.github/workflows/ci.yml': files.pulls,
      '.github/workflows/release.yml': files.release,
    },
    { inAction: true, ...change },
  )
  return { ports, host: new ApiSetup(client, { owner: 'acme', repo: 'shop', serverUrl: files.server }, null) }
}
