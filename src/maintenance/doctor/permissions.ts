// What the token of each job that runs certify may do: enough, and no more (decision 27).
import { broken, type Check, type Found, list, risk } from './check.ts'
import { placeOf, type Use } from './uses.ts'
import type { Permissions } from './workflow.ts'

type Needed = Record<string, 'read' | 'write'>

const ALL: Needed = { contents: 'write', actions: 'read', checks: 'write', 'pull-requests': 'write' }
/** Of a reusable workflow: with less than this GitHub does not start the run. */
const OF_WORKFLOW: Record<Use['command'], Needed> = {
  all: ALL,
  evaluate: ALL,
  gate: ALL,
  'go-live': ALL,
  record: { contents: 'write', actions: 'read' },
  doctor: { contents: 'read', actions: 'read' },
  commands: { contents: 'read' },
}
const OF_STEP: Partial<Record<Use['command'], Needed>> = {
  evaluate: { contents: 'read' },
  gate: { contents: 'read', actions: 'read' },
  record: { contents: 'write' },
  doctor: { contents: 'read', actions: 'read' },
}
/** Of a step that evaluates: it judges without them, and shows less. */
const SHOWS: Record<string, [level: 'read' | 'write', without: string]> = {
  actions: ['read', 'how other jobs ended is not seen, and no artifact of another run'],
  checks: ['write', 'there is no check to require'],
  'pull-requests': ['write', 'there is no comment on the pull request'],
}
/** What a step that reads reports must not hold. */
const TOO_MUCH = ['contents', 'id-token', 'attestations', 'deployments']

export const permissions: Check = {
  id: 'permissions',
  what: 'token permissions',
  needs: 'use',
  look: ({ facts: { config }, uses }) => uses.flatMap((use) => about(use, config?.ledger.write === 'in-step')),
}

function about(use: Use, inStep: boolean): Found[] {
  const granted = use.job.permissions ?? use.workflow.permissions
  const place = placeOf(use)
  const needed = (use.step === null ? OF_WORKFLOW[use.command] : OF_STEP[use.command]) ?? {}
  if (granted === null)
    return [risk(place, "has whatever the repository's settings give its token", `permissions: ${written(useful(use, needed))}`)]
  const lacking = Object.entries(needed).filter(([key, level]) => !holds(granted, key, level))
  const found: Found[] = []
  if (lacking.length > 0) {
    const what = list(lacking.map(([key, level]) => `${key}: ${level}`))
    const then = use.step === null ? 'GitHub does not start the run' : 'it cannot do its work'
    found.push(broken(place, `lacks ${what}: ${then}`, `permissions: ${written(useful(use, needed))}`))
  }
  if (use.step === null || use.command !== 'evaluate') return found
  const pulls = use.workflow.events.has('pull_request')
  for (const [key, [level, without]] of Object.entries(SHOWS))
    if (!holds(granted, key, level) && (pulls || key !== 'pull-requests'))
      found.push(risk(place, `lacks ${key}: ${level}: ${without}`, `add ${key}: ${level} to permissions`))
  const excess = TOO_MUCH.filter((key) => holds(granted, key, 'write') && !(inStep && key === 'contents'))
  if (excess.length > 0) {
    const what = list(excess.map((key) => `${key}: write`))
    found.push(
      risk(place, `reads reports with a token that holds ${what}: one bad report, and it may write`, `take it from this job`),
    )
  }
  return found
}

function useful(use: Use, needed: Needed): Needed {
  if (use.step === null || use.command !== 'evaluate') return needed
  return { ...needed, ...Object.fromEntries(Object.entries(SHOWS).map(([key, [level]]) => [key, level])) }
}

function holds(granted: Permissions, key: string, level: 'read' | 'write'): boolean {
  if (granted === 'write-all') return true
  if (granted === 'read-all') return level === 'read'
  return granted[key] === 'write' || (level === 'read' && granted[key] === 'read')
}

function written(needed: Needed): string {
  return `{ ${Object.entries(needed)
    .map(([key, level]) => `${key}: ${level}`)
    .join(', ')} }`
}
