// Whether artifacts outlive the wait for a person: a gate reads after its approval what the evaluation left before.
import { broken, type Check, type Found, manualGates, unknown } from './check.ts'
import { placeOf } from './uses.ts'

export const retention: Check = {
  id: 'retention',
  what: 'artifacts during a review',
  needsWorkflows: true,
  look: ({ facts, uses }) => {
    const { config, retention: told } = facts
    if (config === null || manualGates(facts).length === 0) return []
    const hours = config.manualReview.escalationTimeoutHours
    const days = Math.max(1, Math.ceil(hours / 24))
    const found: Found[] = []
    let standard = false
    for (const workflow of new Set(uses.map((use) => use.workflow)))
      for (const job of workflow.jobs)
        for (const step of job.steps.filter(({ uses: name }) => name?.startsWith('actions/upload-artifact@'))) {
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
    if (!standard && !uses.some((use) => use.step === null)) return found
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
