// Proof 8: twenty processes, five records each, on each store: a hundred records in one chain, also where answers are lost.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { BRANCH, branchPlace, folderPlace, type Place } from '../../support/ledger/places.ts'
import { finished } from '../../support/runner.ts'

const PROCESSES = 20
const EACH = 5
/** Twenty processes start on whatever cores there are. */
const PATIENCE = 240_000

let folder: string
let script: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certify-writer-'))
  script = join(folder, 'writer.mjs')
  await build({
    entryPoints: ['__tests__/support/ledger/writer.ts'],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Only where a proxy is set.
    external: ['@actions/github/*'],
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    logLevel: 'warning',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function race(lose: number, kind: string, where: string): Promise<{ tries: number[]; lost: number }> {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, NO_PROXY: '127.0.0.1' }
  const ends = await Promise.all(
    Array.from({ length: PROCESSES }, (_, at) =>
      finished(process.execPath, [script, `p${at}`, String(EACH), String(lose), kind, where], { cwd: folder, env }),
    ),
  )
  expect(ends.map(({ exit, stderr }) => [exit, stderr])).toEqual(ends.map(() => [0, '']))
  const told = ends.map(({ stdout }) => JSON.parse(stdout) as { tries: number[]; lost: number })
  return { tries: told.flatMap(({ tries }) => tries), lost: told.reduce((sum, one) => sum + one.lost, 0) }
}

/** Every record once, each process's in its order, and the whole a chain. */
function expectAll(place: Place): void {
  const files = place.files()
  expect(verifyLedger(files)).toMatchObject({ ok: true, records: PROCESSES * EACH, problem: null })
  const records = [...files].filter(([path]) => path.startsWith('records/')).sort(([a], [b]) => (a < b ? -1 : 1))
  const ids = records.map(([, bytes]) => (JSON.parse(String(Buffer.from(bytes))) as { header: { id: string } }).header.id)
  for (let at = 0; at < PROCESSES; at++) {
    const own = Array.from({ length: EACH }, (_, n) => draft(`p${at}.${n}`).id)
    expect(ids.filter((id) => own.includes(id))).toEqual(own)
  }
}

const most = (numbers: number[]): number => Math.max(...numbers)
const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)

describe.each([
  ['every answer is heard', 0],
  ['a tenth of the answers is lost after the write', 0.1],
])('twenty processes, where %s', (_, lose) => {
  it(
    'lose nothing in a folder',
    async () => {
      const place = folderPlace()
      const started = performance.now()
      const { tries, lost } = await race(lose, 'folder', place.root)
      console.info(
        `folder: ${sum(tries)} tries for ${tries.length} appends (at most ${most(tries)}), ${lost} answers lost, ${Math.round(performance.now() - started)} ms`,
      )
      expectAll(place)
      await place.stop()
    },
    PATIENCE,
  )

  it(
    'lose nothing on a branch',
    async () => {
      const place = await branchPlace()
      const { github } = place
      // Besides what the writers do not hear, connections break after the ref was moved.
      if (lose > 0)
        for (let n = 0; n < 100; n++) github.faults.order(/^(PATCH|POST) .*\/git\/refs/, 'reset-after', 1, 9 * (n + 1))
      const started = performance.now()
      const { tries, lost } = await race(lose, 'branch', github.url)
      const moves = github.requests.filter(({ method, route }) => method !== 'GET' && route.includes('/git/refs'))
      const broken = moves.filter(({ status }) => status === 0).length
      console.info(
        `branch: ${sum(tries)} tries for ${tries.length} appends (at most ${most(tries)}), ${github.requests.length} requests, ${lost} answers and ${broken} connections lost, ${Math.round(performance.now() - started)} ms`,
      )
      expectAll(place)
      const commits = github.state.git.log(BRANCH)
      expect(commits).toHaveLength(PROCESSES * EACH)
      expect(commits.at(-1)?.parents).toEqual([])
      expect(moves.filter(({ body }) => body?.force === true)).toEqual([])
      await place.stop()
    },
    PATIENCE,
  )
})
