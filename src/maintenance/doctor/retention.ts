// Whether artifacts outlive the wait for a person: a gate reads after its approval what the evaluation left before.
import { broken, type Check, type Found, manualGates, NO_POLICY, unknown, unseen } from './check.ts'
import { placeOf } from './uses.ts'

const WHAT = 'artifacts during a review'

export const retention: Check = {
  id: 'retention',
  what: WHAT,
  needs: 'use',
  look: ({ facts, uses }) => {
    const { config, retention: told } = facts
    if (config === null) return [unseen(WHAT, NO_POLICY)]
    if (manualGates(facts).length === 0) return [unseen(WHAT, 'no gate waits for a person')]
    const hours = config.manualReview.escalationTimeoutHours
    const days = Math.max(1, Math.ceil(hours / 24))
    const found: Found[] = []
    let uploads = 0
    let standard = false
    for (const workflow of new Set(uses.map((use) => use.workflow)))
      for (const job of workflow.jobs)
        for (const step of job.steps.filter(({ uses: name }) => name?.startsWith('actions/upload-artifact@'))) {
          uploads += 1
          const kept = Number(step.with['retention-days'] ?? 0)
          if (kept === 0) standard = true
          if (kept > 0 && kept < days)
            found.push(
              broken(
                placeOf({ workflow, job }),
                `keeps ${step.with.name ?? 'its artifact'} for ${kept} day(s), and a review may take ${hours} h: the gate would find nothing`,
                `retention-days: ${days} or more`,
              ),
            )
        }
    // Our own workflows upload too, with the repository's setting.
    const ours = uses.some((use) => use.step === null)
    if (!ours && uploads === 0) return [unseen(WHAT, 'no workflow that runs certify uploads any')]
    if (!ours && !standard) return found
    if (!told.known) return [...found, unknown('artifact retention', told.why)]
    if (told.value === null) return [...found, unknown('artifact retention', 'there is no artifact yet to tell by')]
    const kept = told.value.days
    if (kept >= days) return found
    const short = `artifacts are kept for ${kept} day(s), and a review may take ${hours} h: the gate would find nothing`
    return [
      ...found,
      told.value.atLeast
        ? unknown('artifact retention', `the longest kept artifact is kept for ${kept} day(s), and a review may take ${hours} h`)
        : broken('artifact retention', short, `Settings > Actions > General > Artifact and log retention: ${days} days or more`),
    ]
  },
}
