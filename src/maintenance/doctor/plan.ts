// Whether the host can do what the gates need: required reviewers by plan, what a server of one's own lacks, Actions allowed.
import { broken, type Check, type Found, manualGates, NO_POLICY, unknown, unseen } from './check.ts'

const WHAT = 'plan and visibility'
const FALLBACK = 'mechanism: issue or mechanism: pull_request_review, with approvers'

export const plan: Check = {
  id: 'plan',
  what: WHAT,
  needs: null,
  look: ({ facts }) => {
    const { repository, config, environments } = facts
    if (!repository.known) return [unknown(WHAT, repository.why)]
    if (config === null) return [unseen(WHAT, NO_POLICY)]
    if (manualGates(facts).length === 0 || config.manualReview.mechanism !== 'environment')
      return [unseen(WHAT, 'no gate waits in an environment')]
    const { requiredReviewers } = repository.value
    if (requiredReviewers === false)
      return [
        broken(
          WHAT,
          'environments of this private repository cannot have required reviewers: jobs would not wait for anybody',
          `make it public, take a plan that has them (Enterprise), or let the policy name ${FALLBACK}`,
        ),
      ]
    // An environment that has them is proof enough.
    const seen = environments.some(({ rules }) => rules.known && rules.value.users.length + rules.value.teams.length > 0)
    if (requiredReviewers === true || seen) return []
    return [
      unknown(WHAT, `the token is not told the plan: if it has no required reviewers for private repositories, name ${FALLBACK}`),
    ]
  },
}

export const actions: Check = {
  id: 'actions',
  what: 'GitHub Actions and its features',
  needs: null,
  look: ({ facts: { actions: told, repository, inAction }, workflows, uses }) => {
    const found: Found[] = []
    // That this runs in a workflow shows that it is allowed.
    if (!told.known && !inAction) found.push(unknown('allowed actions', told.why))
    if (told.known && !told.value.enabled)
      found.push(broken('GitHub Actions', 'is switched off for this repository', 'Settings > Actions > General'))
    if (
      told.known &&
      told.value.allowed === 'local_only' &&
      uses.some(({ job, step }) => !(job.uses ?? step?.uses ?? './').startsWith('./'))
    )
      found.push(broken('allowed actions', 'only actions of this owner may run', 'Settings > Actions > General: allow certify'))
    if (repository.known && repository.value.ghes)
      for (const workflow of workflows)
        for (const job of workflow.jobs)
          for (const { uses: name } of job.steps)
            if (/^actions\/(?:upload|download)-artifact@v?[4-9]/.test(name ?? ''))
              found.push(
                broken(
                  `job ${job.id} in ${workflow.path}`,
                  `${name} does not work on GitHub Enterprise Server: no report reaches another job`,
                  'use version 3 of it there',
                ),
              )
    return found
  },
}
