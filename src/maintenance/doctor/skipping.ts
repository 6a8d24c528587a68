// Where a skipped job or a swallowed failure could look like success (field.md B 1-3).
import { broken, type Check, type Found, list, risk } from './check.ts'
import { judges, placeOf, runsAnyway, type Use, waitedFor } from './uses.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user has to write.
const NEEDS = '${{ toJSON(needs) }}'

export const skipping: Check = {
  id: 'skipped',
  what: 'jobs that may be skipped',
  needs: 'judge',
  look: ({ facts: { config }, uses }) =>
    uses
      .filter(judges)
      .flatMap((use) => [
        ...condition(use),
        ...swallowed(use),
        ...unseen(use),
        ...conditional(use, config?.expectedSkips ?? []),
        ...filtered(use),
      ]),
}

function condition(use: Use): Found[] {
  const { job } = use
  if (runsAnyway(job.if)) return []
  if (job.needs.length > 0)
    return [
      broken(
        placeOf(use),
        `is skipped when ${list(job.needs)} fails or is skipped, and a skipped job counts as success for a required check`,
        'if: always()',
      ),
    ]
  if (job.if === null) return []
  return [risk(placeOf(use), `runs only if ${job.if}: otherwise it is skipped, which counts as success`, 'if: always()')]
}

function swallowed(use: Use): Found[] {
  if (!use.job.continueOnError && use.step?.continueOnError !== true) return []
  return [broken(placeOf(use), 'continue-on-error lets the job succeed whatever the verdict', 'take continue-on-error out')]
}

function unseen(use: Use): Found[] {
  const { job, step, workflow } = use
  if (job.needs.length === 0) return []
  const told = step === null ? job.with.needs : (step.env.CERTIFY_NEEDS ?? job.env.CERTIFY_NEEDS ?? workflow.env.CERTIFY_NEEDS)
  if (/toJSON\s*\(\s*needs\s*\)/i.test(told ?? '')) return []
  return [
    risk(
      placeOf(use),
      `is not told how ${list(job.needs)} ended: one that was skipped or cancelled is seen only if the API tells`,
      step === null ? `with: { needs: "${NEEDS}" }` : `env: { CERTIFY_NEEDS: "${NEEDS}" } on the step`,
    ),
  ]
}

function conditional(use: Use, expected: readonly string[]): Found[] {
  return waitedFor(use)
    .filter((job) => job.if !== null && !runsAnyway(job.if) && !expected.includes(job.id))
    .map((job) =>
      risk(
        `job ${job.id} in ${use.workflow.path}`,
        `may be skipped (if: ${job.if}), and a skipped job shuts every gate`,
        `let it run always, or list it: expected_skips: [${job.id}]`,
      ),
    )
}

function filtered({ workflow }: Use): Found[] {
  const events = [...workflow.events].filter(([, { paths }]) => paths).map(([name]) => name)
  if (events.length === 0) return []
  return [
    risk(
      workflow.path,
      `runs on ${list(events)} only where certain paths change: other changes are not judged, and a required check waits for ever`,
      'take paths: out',
    ),
  ]
}
