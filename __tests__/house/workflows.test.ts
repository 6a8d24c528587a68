// The workflows we run and show: least permissions, nothing that can move under us, no text spliced into a script.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'

interface Step {
  uses?: string
  run?: string
}
interface Job {
  permissions?: Record<string, string>
  steps?: Step[]
  uses?: string
}
interface Workflow {
  on: unknown
  permissions?: Record<string, string> | string
  jobs: Record<string, Job>
}

const folders = ['.github/workflows', ...readdirSync('examples').map((name) => join('examples', name, '.github/workflows'))]
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
/** What the one-step form may write (decision 27). */
const MAY_WRITE = ['checks', 'pull-requests']

it('there are some to look at: ours and one of each example', () => {
  expect(files.length).toBeGreaterThanOrEqual(1 + readdirSync('examples').length)
})

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const workflow = load(text) as Workflow
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps ?? [])

  it('gives every job no more than reading the contents', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  it('lets a job write only what certify may write', () => {
    for (const job of jobs) {
      for (const [scope, access] of Object.entries(job.permissions ?? {})) {
        if (access !== 'read' && access !== 'none')
          expect([MAY_WRITE.includes(scope), scope, access]).toEqual([true, scope, 'write'])
      }
    }
  })

  it('pins what others made to a commit, and names its version beside it', () => {
    const used = [...steps, ...jobs].flatMap((one) => one.uses ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const uses of used) {
      if (uses.startsWith('./') || uses.startsWith('OWNER/certify@')) continue
      expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/)
      expect(text).toMatch(new RegExp(`${uses.replaceAll('.', '\\.')} # v\\d`))
    }
  })

  it('splices no expression into a script', () => {
    for (const step of steps) expect(step.run ?? '').not.toContain('${{')
  })

  it('is not run with the rights of the base for code of a fork', () => {
    expect(JSON.stringify(workflow.on)).not.toMatch(/pull_request_target|workflow_run/)
  })
})
