// nektos/act, where it is installed: whole workflows on this machine, without Docker, against the stand-in for GitHub.

import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { build } from 'esbuild'
import type { Clone } from './clone.ts'
import type { GitHub } from './github/server.ts'
import { finished, NODES } from './runner.ts'

export const ACT_VERSION = '0.2.87'

/** null: it is not installed. */
export const ACT =
  [...(process.env.PATH ?? '').split(delimiter), join(homedir(), 'go/bin')]
    .map((folder) => join(folder, 'act'))
    .find((file) => existsSync(file)) ?? null
if (ACT === null)
  console.warn(`skipped: workflows run by act, because it is not installed: go install github.com/nektos/act@v${ACT_VERSION}`)

export interface ActRun {
  github: GitHub
  clone: Clone
  /** Folder of the unpacked action. */
  action: string
  workflow: string
  event: Record<string, unknown>
  /** Programs that the workflow calls and this machine need not have: a shell script for each name. */
  programs?: Record<string, string>
}

/** Exit code and log of `act pull_request`. */
export async function runAct({ github, clone, action, workflow, event, programs = {} }: ActRun) {
  const home = mkdtempSync(join(tmpdir(), 'certify-act-'))
  const bin = join(home, 'bin')
  mkdirSync(bin)
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 })
  writeFileSync(join(home, 'event.json'), JSON.stringify(event))
  const stubs = await otherActions(home)
  // The newest Node there is: act runs every action and script by the one that it finds first.
  const node = join(NODES.at(-1)!.path, '..')
  const args = [
    'pull_request',
    ...['--eventpath', join(home, 'event.json'), '--workflows', workflow, '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--env', `GITHUB_API_URL=${github.url}`, '--env', `GITHUB_GRAPHQL_URL=${github.url}/graphql`, '--env', 'NO_COLOR=1'],
    ...['--secret', `GITHUB_TOKEN=${github.token}`, '--defaultbranch', 'main', '--actor', 'alice'],
    ...[
      '--artifact-server-path',
      join(home, 'artifacts'),
      '--artifact-server-addr',
      '127.0.0.1',
      '--artifact-server-port',
      String(await freePort()),
    ],
    ...['--action-cache-path', join(home, 'cache'), '--no-cache-server', '--action-offline-mode'],
    ...Object.entries({ 'OWNER/certify@v1': action, ...stubs }).flatMap(([name, folder]) => [
      '--local-repository',
      `${name}=${folder}`,
    ]),
  ]
  const path = [bin, node, process.env.PATH ?? ''].join(delimiter)
  return finished(ACT!, args, { cwd: clone.root, env: { PATH: path, HOME: home, NO_PROXY: '127.0.0.1' } })
}

/** What the workflows use of others, as far as it matters here: Node is there, and artifacts get to act's own server. */
async function otherActions(home: string): Promise<Record<string, string>> {
  const put = (name: string, action: string): string => {
    const folder = join(home, name)
    mkdirSync(folder)
    writeFileSync(join(folder, 'action.yml'), `name: ${name}\ndescription: stands in\n${action}`)
    return folder
  }
  const setup = put(
    'setup-node',
    'inputs: { node-version: { description: version } }\nruns: { using: composite, steps: [{ run: node --version, shell: bash }] }\n',
  )
  const upload = put(
    'upload-artifact',
    'inputs: { name: { description: name }, path: { description: folder } }\nruns: { using: node20, main: index.mjs }\n',
  )
  await build({
    entryPoints: ['__tests__/support/act-upload.ts'],
    outfile: join(upload, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return {
    'actions/setup-node@48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e': setup,
    'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f': upload,
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** The action as it is referenced: a repository of its own, with its bundle and its action.yml. */
export function actionRepository(unpacked: string): string {
  cpSync('action.yml', join(unpacked, 'action.yml'))
  return unpacked
}
