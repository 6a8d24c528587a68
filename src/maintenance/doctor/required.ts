// Whether the verdict holds anything back: required checks by their names, who requires the workflow, the merge queue.
import type { BranchFacts } from '../../model/setup.ts'
import { broken, type Check, type Examined, type Found, list, risk, unknown, unseen } from './check.ts'
import { judges, placeOf, type Use } from './uses.ts'

export const required: Check = {
  id: 'required',
  what: 'required checks',
  needs: 'judge',
  look: (examined) => {
    const { facts } = examined
    const found = taken(examined)
    const judging = examined.uses.filter(judges)
    const onPulls = judging.filter(({ workflow }) => workflow.events.has('pull_request') || workflow.events.has('merge_group'))
    // What runs after a merge holds no merge back; its gates do what they do.
    if (onPulls.length === 0) return found.length > 0 ? found : [unseen('required checks', 'nothing here judges pull requests')]
    if (!facts.branch.known) return [...found, unknown('required checks', facts.branch.why)]
    const branch = facts.branch.value
    return [...found, ...checks(branch, onPulls), ...byWhom(branch), ...queue(branch, onPulls)]
  },
}

function checkOf({ name }: Use): string {
  return `${name} verdict`
}

/** Checks that a use of certify leads to. */
function checksOf(use: Use): string[] {
  const whole = use.step === null ? ['evaluate', 'decision'].map((job) => `${use.job.name} / ${job}`) : [use.job.name]
  return [checkOf(use), ...whole]
}

/** A job of the check's very name would report in its place, and as success where it is skipped (decision 30). */
function taken({ workflows, uses }: Examined): Found[] {
  const names = [...new Set(uses.filter(judges).map(checkOf))]
  return workflows.flatMap((workflow) =>
    workflow.jobs
      .filter((job) => names.some((name) => name.toLowerCase() === job.name.toLowerCase()))
      .map((job) =>
        broken(
          placeOf({ workflow, job }),
          `is called "${job.name}" like the check with the verdict: a green job would stand for it`,
          'give the job another name',
        ),
      ),
  )
}

function checks({ requiredChecks, requiredWorkflows }: BranchFacts, uses: readonly Use[]): Found[] {
  const ours = new Set(uses.flatMap(checksOf))
  const wanted = checkOf(uses[0]!)
  const lost = requiredChecks.filter((name) => /certif/i.test(name) && !ours.has(name))
  if (lost.length > 0) {
    const risky = `${list(lost.map((name) => `"${name}"`))} is required, and nothing reports under that name: pull requests wait for ever`
    return [broken('required checks', risky, `require "${wanted}"`)]
  }
  if (requiredChecks.some((name) => ours.has(name)) || requiredWorkflows.some(({ organization }) => organization)) return []
  return [
    broken(
      'required checks',
      `"${wanted}" is not required: a pull request can be merged whatever the verdict`,
      `Settings > Rules: require the check "${wanted}" of GitHub Actions`,
    ),
  ]
}

/** Who writes a pull request writes its workflow too (decision 15). */
function byWhom({ requiredWorkflows }: BranchFacts): Found[] {
  const byOrganization = requiredWorkflows.filter(({ organization }) => organization)
  if (byOrganization.some(({ path }) => /certif/i.test(path))) return []
  const fix =
    "an organisation's ruleset that requires a workflow with certify; until then the doors that hold are the environments"
  const which =
    byOrganization.length === 0 ? '' : ` (${list(byOrganization.map(({ path }) => path))} is required, and does not say so)`
  return [
    risk(
      'the workflow',
      `no organisation requires it${which}: who opens a pull request can edit it, so the check is advice`,
      fix,
    ),
  ]
}

function queue({ mergeQueue }: BranchFacts, uses: readonly Use[]): Found[] {
  if (!mergeQueue) return []
  const deaf = [...new Set(uses.map(({ workflow }) => workflow))].filter(({ events }) => !events.has('merge_group'))
  return deaf.map(({ path }) =>
    broken(path, 'does not run for the merge queue, which is on: what waits in it waits for ever', 'add merge_group: under on:'),
  )
}
