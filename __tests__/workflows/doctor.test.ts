// certify-doctor.yml on a schedule, with the permissions that its head names and no others.
import { afterEach, expect, it } from '@jest/globals'
import { zip } from '../support/github/zip.ts'
import { gateScene, logOf, RELEASE_FILE, type Scene } from '../support/workflows/gate-scene.ts'
import { play } from '../support/workflows/play.ts'

const DOCTOR = '.github/workflows/doctor.yml'
const scheduled = `on: { schedule: [{ cron: "7 5 * * 1" }] }
permissions: {}
jobs:
  doctor:
    permissions: { contents: read, actions: read }
    uses: OWNER/certify/.github/workflows/certify-doctor.yml@v1
`

let scene: Scene
afterEach(() => scene.github.stop())

async function examined(change: () => void = () => {}) {
  scene = await gateScene()
  const { github, world } = scene
  github.state.addFile(
    'main',
    RELEASE_FILE,
    world.workflows[RELEASE_FILE]!.replace('certify.yml@v1', `certify.yml@${'1'.repeat(40)} # v1.0.0`).replaceAll(
      'OWNER/',
      'acme/',
    ),
  )
  github.state.addArtifact(1000, 'reports', zip([{ path: 'junit.xml', content: '' }]))
  change()
  const end = await play({ ...world, workflows: { [DOCTOR]: scheduled } }, DOCTOR)
  expect(github.violations).toEqual([])
  const [job] = end.jobs
  return { conclusion: end.conclusion, log: logOf(job), summary: job!.steps.at(-1)!.summary }
}

it('is green where the gates hold', async () => {
  const { conclusion, log } = await examined()
  expect(log).toMatch(/the gates hold/)
  expect(conclusion).toBe('success')
})

it('is red where an environment asks nobody any more, and names it and the fix', async () => {
  const { conclusion, log, summary } = await examined(() => void scene.github.state.addEnvironment('certify-gate-4'))
  expect(conclusion).toBe('failure')
  for (const text of [log, summary]) expect(text).toMatch(/certify-gate-4[\s\S]*no required reviewers/)
})
