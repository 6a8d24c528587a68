// The example of a matrix, played: four jobs leave a bundle each, one judges them together; a lost or failing one is seen.
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from '@jest/globals'
import { GitHub } from '../support/github/server.ts'
import type { RunEnd } from '../support/workflows/model.ts'
import { complaintsAbout } from '../support/workflows/parsers.ts'
import { play } from '../support/workflows/play.ts'
import { checkOut } from '../support/workflows/step-checkout.ts'
import { type World, worldOf } from '../support/workflows/world.ts'

const EXAMPLE = 'examples/matrix'
const FILE = '.github/workflows/certify.yml'
const POLICY = '.github/certification.yml'
const AT = '2026-11-20T12:00:00Z'

const files: Record<string, string> = {}
beforeAll(() => {
  const made = /^(?:reports|certify-|\.certify)/
  for (const path of readdirSync(EXAMPLE, { recursive: true, encoding: 'utf8' }))
    if (!made.test(path) && statSync(join(EXAMPLE, path)).isFile()) files[path] = readFileSync(join(EXAMPLE, path), 'utf8')
})

let github: GitHub
afterEach(() => github?.stop())

interface Judged {
  verdict: string
  end: RunEnd
  log: string
}

/** A push of the example with some files changed. */
async function pushed(change: Record<string, string> = {}, more: Partial<World> = {}): Promise<Judged> {
  github = await GitHub.start({ permissions: {} })
  const all = { ...files, ...change }
  const sha = checkOut(mkdtempSync(join(tmpdir(), 'certify-matrix-')), all, AT)
  for (const ref of [github.state.defaultBranch, sha]) github.state.addFile(ref, POLICY, all[POLICY]!)
  const base = worldOf({ github, workflows: { [FILE]: all[FILE]! }, files: all, committedAt: AT, ...more })
  const payload = { ...base.event.payload, after: sha }
  const end = await play({ ...base, event: { ...base.event, payload, sha } }, FILE)
  const step = end.jobs.find((job) => job.path === 'certify')!.steps.find((one) => one.name.startsWith('OWNER/certify'))!
  return { verdict: step.outputs.verdict!, end, log: step.log }
}

it('is a workflow that nothing is wrong with', async () => {
  expect(await complaintsAbout(FILE, files[FILE]!)).toEqual([])
})

it('passes by what four jobs measured together', async () => {
  const { verdict, end, log } = await pushed()
  expect({ verdict, conclusion: end.conclusion, log: verdict === 'passed' ? '' : log.slice(-6000) }).toEqual({
    verdict: 'passed',
    conclusion: 'success',
    log: '',
  })
  expect(github.state.artifacts.map((one) => one.name).sort()).toEqual(['evidence-1', 'evidence-2', 'evidence-3', 'evidence-4'])
})

it('asks GitHub nothing in the jobs of the matrix, which need no permission', async () => {
  const asked: number[] = []
  const shown = (path: string) => {
    if (path.startsWith('tests')) asked.push(github.calls.length)
  }
  await pushed(
    { [FILE]: files[FILE]!.replace('    runs-on: ubuntu-latest\n', '    runs-on: ubuntu-latest\n    permissions: {}\n') },
    { shown },
  )
  expect(asked.length).toBeGreaterThanOrEqual(4)
  expect(new Set(asked)).toEqual(new Set([0]))
  expect(github.calls.length).toBeGreaterThan(0)
})

it('fails by the test that fails in one of them', async () => {
  const { verdict, log } = await pushed({ 'test/limits.test.js': files['test/limits.test.js']!.replace('4000]', '4000, 3]') })
  expect(verdict).toBe('failed')
  expect(log).toMatch(/what cannot be written/)
})

it('does not pass without the bundle of one, which never came', async () => {
  const { verdict, log } = await pushed({
    [FILE]: files[FILE]!.replace(
      'if: always()\n        with:\n          name:',
      'if: matrix.part != 3\n        with:\n          name:',
    ),
  })
  expect(verdict).not.toBe('passed')
  expect(log).toMatch(/3 .*4|4 .*3/)
})

it('does not pass without one report of one, which its job could not write', async () => {
  const { verdict, log } = await pushed({
    'make-reports.sh': `${files['make-reports.sh']!}[ "$1" != 2 ] || rm reports/junit.xml\n`,
  })
  expect(verdict).not.toBe('passed')
  expect(log).toMatch(/reports\/junit\.xml/)
})
