// Every check of the set-up, in the order in which a person would mend it.
import type { Finding, SetupFacts } from '../../model/setup.ts'
import { isPlaceholder, PLACEHOLDER } from '../placeholder.ts'
import { broken, type Check, type Examined, type Found, unknown, unseen, well } from './check.ts'
import { environments } from './environments.ts'
import { permissions } from './permissions.ts'
import { pins } from './pins.ts'
import { actions, plan } from './plan.ts'
import { evidence, policy } from './policy.ts'
import { producers } from './producers.ts'
import { required } from './required.ts'
import { retention } from './retention.ts'
import { skipping } from './skipping.ts'
import { judges, usesOf } from './uses.ts'
import { readWorkflow } from './workflow.ts'

const UNOWNED = `uses ${PLACEHOLDER}, where OWNER stands for the account that publishes certify: GitHub finds nothing there`

/** There is somebody who judges. */
const used: Check = {
  id: 'workflow',
  what: 'workflows that run certify',
  needs: 'workflows',
  look: ({ uses }) => {
    const unowned = uses.filter(({ job, step }) => isPlaceholder(job.uses ?? step?.uses ?? ''))
    if (unowned.length > 0) return unowned.map(({ workflow }) => broken(workflow.path, UNOWNED, 'put the owner in its place'))
    return uses.some(judges)
      ? []
      : [broken('workflows', 'none of them runs certify: nothing is judged', 'certify init writes one')]
  },
}

const CHECKS: readonly Check[] = [
  policy,
  used,
  plan,
  environments,
  skipping,
  producers,
  permissions,
  required,
  retention,
  actions,
  pins,
  evidence,
]

/** Pure. Each check gives at least one finding; one that found nothing wrong says that all is well, one that found nothing to look at says that. */
export function examine(facts: SetupFacts): Finding[] {
  const { workflows: told, name } = facts
  const files = told.known ? told.value : []
  const read = files.map(({ path, text }) => ({ path, workflow: readWorkflow(path, text) }))
  const workflows = read.flatMap(({ workflow }) => workflow ?? [])
  const examined: Examined = { facts, workflows, uses: usesOf(workflows, name) }
  const illegible = read
    .filter(({ workflow }) => workflow === null)
    .map(({ path }): Finding => ({ id: 'workflow', ...unknown(path, 'this is no workflow that can be read') }))
  return [...CHECKS.flatMap((check) => findings(check, examined)), ...illegible]
}

function findings(check: Check, examined: Examined): Finding[] {
  const found = lacking(check, examined) ?? check.look(examined)
  return (found.length > 0 ? onceEach(found) : [well(check.what)]).map((one) => ({ id: check.id, ...one }))
}

/** null: what the check looks at is there. */
function lacking({ needs, what }: Check, { facts: { workflows }, uses }: Examined): Found[] | null {
  if (needs === null) return null
  if (!workflows.known) return [unknown(what, workflows.why)]
  if (needs === 'use' && uses.length === 0) return [unseen(what, 'no workflow runs certify')]
  return needs === 'judge' && !uses.some(judges) ? [unseen(what, 'no workflow has certify judge anything')] : null
}

/** Two steps of one workflow may show the same. */
function onceEach(found: readonly Found[]): Found[] {
  const seen = new Set<string>()
  return found.filter((one) => {
    const key = JSON.stringify([one.what, one.risk])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
