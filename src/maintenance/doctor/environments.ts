// The environments that gates 3 and 4 wait in: they ask somebody, nobody goes around them, and enough people can say yes.
import type { AskedEnvironment, SetupFacts } from '../../model/setup.ts'
import { broken, type Check, type Found, list, manualGates, NO_POLICY, risk, unknown, unseen, well } from './check.ts'

const WHAT = 'gates that a person opens'

export const environments: Check = {
  id: 'environment',
  what: WHAT,
  needs: null,
  look: ({ facts, workflows, uses }) => {
    const { config } = facts
    if (config === null) return [unseen(WHAT, NO_POLICY)]
    if (manualGates(facts).length === 0) return [unseen(WHAT, 'no gate waits for a person')]
    const { mechanism, approvers } = config.manualReview
    if (mechanism !== 'environment') {
      const what = `approval by ${mechanism === 'issue' ? 'an issue' : 'a review of the pull request'}`
      return approvers.length > 0 ? [well(what)] : [broken(what, 'nobody may approve', 'list the logins under approvers')]
    }
    const ours = new Set(uses.map((use) => use.job))
    const others = workflows.flatMap((workflow) =>
      workflow.jobs.filter((job) => !ours.has(job) && job.environment !== null).map((job) => ({ workflow, job })),
    )
    return [
      ...unnamed(facts),
      ...facts.environments.flatMap((one) => {
        const found = [...about(one), ...crowded(one)]
        for (const { workflow, job } of others)
          if (job.environment?.toLowerCase() === one.name.toLowerCase())
            found.push(
              risk(
                whatOf(one),
                `job ${job.id} in ${workflow.path} waits in it too: who approves that job approves the gate`,
                'give the job an environment of its own',
              ),
            )
        return found.length > 0 ? found : [well(whatOf(one))]
      }),
      ...tooFew(facts),
    ]
  },
}

function whatOf({ name, gate }: AskedEnvironment): string {
  return `environment ${name} (gate ${gate})`
}

function unnamed(facts: SetupFacts): Found[] {
  return manualGates(facts)
    .filter(({ number }) => !facts.environments.some((one) => one.gate === number))
    .map(({ number }) =>
      broken(`gate ${number}`, 'waits for a person, and names no environment to ask in', `environment: certify-gate-${number}`),
    )
}

function about(one: AskedEnvironment): Found[] {
  const { rules } = one
  if (!rules.known) return [unknown(whatOf(one), rules.why)]
  const where = rules.value.url === null ? '' : ` (${rules.value.url})`
  return [
    ...one.refusals.map(({ setting, fix }) => broken(whatOf(one), setting, `${fix}${where}`)),
    ...one.warnings.map(({ setting, fix }) => risk(whatOf(one), setting, `${fix}${where}`)),
  ]
}

/** One approval lets a job through, however many were wanted. */
function crowded(one: AskedEnvironment): Found[] {
  if (one.slots < 2) return []
  return [
    broken(
      whatOf(one),
      `${one.slots} sign-offs shall come from it, and GitHub takes one: the others stay open for ever`,
      'give each sign-off an environment of its own',
    ),
  ]
}

/** Where every reviewer is a known person, so many people must there be as have to sign. */
function tooFew({ environments: all }: SetupFacts): Found[] {
  return [...new Set(all.map((one) => one.gate))].flatMap((gate) => {
    const asked = all.filter((one) => one.gate === gate)
    if (asked.length < 2) return []
    const people = new Set<string>()
    for (const { rules } of asked) {
      if (!rules.known || rules.value.teams.length > 0 || rules.value.users.length === 0) return []
      for (const { login } of rules.value.users) people.add(login)
    }
    if (people.size >= asked.length) return []
    return [
      broken(
        `gate ${gate}`,
        `${asked.length} people have to sign, and ${list([...people])} alone may: the gate never opens`,
        'add reviewers: one person counts once',
      ),
    ]
  })
}
