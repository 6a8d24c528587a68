// workflows/README.md: what it shows can be used as it stands, and what it says of permissions is so.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { SHOWN } from '../support/workflows/four-levels.ts'
import { gateScene, RELEASE_FILE, type Scene, seen } from '../support/workflows/gate-scene.ts'
import { complaintsAbout } from '../support/workflows/parsers.ts'
import { play } from '../support/workflows/play.ts'
import { workflowFiles } from '../support/workflows/sources.ts'

const text = readFileSync('workflows/README.md', 'utf8')
const [all, alone, live] = SHOWN as [string, string, string]
const onReports = (workflow: string): string => workflow.replace('npm ci && npm test', 'cp -r made reports')

const SCOPES = ['contents', 'actions', 'checks', 'pull-requests', 'id-token', 'attestations']

interface Jobs {
  jobs: Record<string, { permissions?: Record<string, string> }>
}
const released = workflowFiles().filter((file) => file.startsWith('workflows/'))
const jobsOf = (file: string): Jobs['jobs'] => (load(readFileSync(file, 'utf8')) as Jobs).jobs
const rows = (head: RegExp): string[][] => {
  const table = text.slice(text.search(head)).split('\n\n')[0]!
  return table
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

let scene: Scene
afterEach(() => scene?.github.stop())

it('gets all four gates by at most 25 lines', () => {
  expect(SHOWN).toHaveLength(3)
  expect(all.trimEnd().split('\n').length).toBeLessThanOrEqual(25)
})

it.each([
  ['all four gates', all],
  ['one gate alone', `on: push\npermissions: {}\n${alone}`],
  ['going live', live],
])('shows a workflow that nothing is wrong with: %s', async (_, workflow) => {
  expect(await complaintsAbout('.github/workflows/shown.yml', workflow)).toEqual([])
})

it('what it shows first opens all four gates and deploys', async () => {
  scene = await gateScene(
    {
      workflows: { [RELEASE_FILE]: onReports(all) },
      reviewers: { 'certify-gate-3': [{ approve: 'bob' }], 'certify-gate-4': [{ approve: 'carol' }] },
    },
    2,
  )
  const run = await seen(scene, 4)
  expect(run.end.ended.get('certify')!.outputs).toMatchObject({
    level: '4',
    gates: '{"1":"open","2":"open","3":"open","4":"open"}',
  })
  expect(run.decision).toMatchObject({ verdict: 'passed', proceed: 'true' })
  expect(run.deploy).toBe('success')
})

it('what it shows of one gate alone opens that gate', async () => {
  scene = await gateScene({ reviewers: { 'certify-gate-3': [{ approve: 'bob' }] } }, 2)
  // A report that the same job made lies in its workspace, not in an artifact.
  scene.policy((policy) =>
    policy.replaceAll(
      /artifact: reports, path: (\[.*?\]|[^ }]+)/g,
      (_, path: string) => `path: ${path.replaceAll(/(component|integration|service|system)\//g, 'reports/$1/')}`,
    ),
  )
  const workflows = { [RELEASE_FILE]: `on: push\npermissions: {}\n${onReports(alone)}` }
  const end = await play({ ...scene.world, workflows }, RELEASE_FILE)
  expect(end.conclusion).toBe('success')
  expect(end.ended.get('gate-3')!.outputs).toMatchObject({ 'gate-state': 'open', proceed: 'true', verdict: 'passed' })
})

describe('its tables', () => {
  it('have every workflow, with the permissions that its jobs take together', () => {
    const said = Object.fromEntries(
      rows(/^\| file \|/m).map(([file, , permissions]) => [file!.replaceAll('`', ''), permissions!.replaceAll('`', '')]),
    )
    const taken = Object.fromEntries(
      released.map((file) => {
        const most: Record<string, string> = {}
        for (const { permissions = {} } of Object.values(jobsOf(file)))
          for (const [scope, access] of Object.entries(permissions)) if (most[scope] !== 'write') most[scope] = access
        const order = SCOPES.filter((scope) => scope in most)
        return [file.replace('workflows/', ''), order.map((scope) => `${scope}: ${most[scope]}`).join(', ')]
      }),
    )
    expect(said).toEqual(taken)
  })

  it('have the permissions of the jobs inside', () => {
    const checked = rows(/^\| job \|/m).flatMap(([jobs, reads, writes]) =>
      [...jobs!.matchAll(/`([\w-]+)`/g)].map(([, id]) => {
        const permissions = released.map((file) => jobsOf(file)[id!]?.permissions).find((one) => one !== undefined)
        const having = (access: string): string =>
          SCOPES.filter((scope) => permissions?.[scope] === access).join(', ') || 'nothing'
        expect([id, reads, writes]).toEqual([id, having('read'), having('write')])
        return id
      }),
    )
    expect(checked.length).toBeGreaterThan(6)
  })
})
