// Whether the judging job waits for those that make its evidence (decision 26).
import picomatch from 'picomatch'
import { broken, type Check, declaredIn, type Found, list, unseen } from './check.ts'
import { judges, placeOf, type Use, waitedFor } from './uses.ts'
import type { Job } from './workflow.ts'

const WHAT = 'jobs that make evidence'

export const producers: Check = {
  id: 'needs',
  what: WHAT,
  needs: 'judge',
  look: ({ facts: { config }, uses }) => {
    const declared = config === null ? [] : declaredIn(config).flatMap(({ entry }) => entry.artifact ?? [])
    const read = uses.filter(judges).map((use) => ({ use, artifacts: [...new Set([...declared, ...asked(use)])] }))
    return read.some(({ artifacts }) => artifacts.length > 0)
      ? read.flatMap(({ use, artifacts }) => about(use, artifacts))
      : [unseen(WHAT, 'neither policy nor workflow names an artifact to read')]
  },
}

/** What this use reads beside the policy's: its own input, and what its job downloads. */
function asked({ job, step }: Use): string[] {
  const input = (step?.with ?? job.with).artifacts ?? ''
  const downloads = job.steps
    .filter(({ uses }) => uses?.startsWith('actions/download-artifact@'))
    .flatMap((one) => one.with.name ?? one.with.pattern ?? [])
  return [...input.split('\n').map((line) => line.trim()), ...downloads].filter((name) => name !== '')
}

function about(use: Use, patterns: readonly string[]): Found[] {
  const { workflow, job } = use
  const waited = new Set(waitedFor(use))
  const makers = workflow.jobs.flatMap((one) => uploadsOf(one).map((name) => ({ job: one, name })))
  // What another workflow uploads within this run is not to be seen here.
  const hidden = workflow.jobs.some((one) => one.uses !== null && one !== job)
  return patterns.flatMap((pattern) => {
    const of = makers.filter(({ name }) => mayMatch(pattern, name))
    if (of.length === 0) {
      if (hidden) return []
      const risk = `no job of this workflow uploads an artifact ${pattern}: its evidence is missing in every run`
      return [broken(placeOf(use), risk, `upload it under that name${names(makers)}`)]
    }
    const late = [...new Set(of.map((one) => one.job))].filter((one) => one !== job && !waited.has(one)).map((one) => one.id)
    if (late.length === 0) return []
    const risk = `does not wait for ${list(late)}, which uploads ${pattern}: what is not there yet counts as missing`
    return [broken(placeOf(use), risk, `needs: [${[...job.needs, ...late].join(', ')}]`)]
  })
}

function uploadsOf({ steps }: Job): string[] {
  return steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@')).map((step) => step.with.name ?? 'artifact')
}

/** A name with an expression in it may come out as anything that begins as it does. */
function mayMatch(pattern: string, name: string): boolean {
  const at = name.indexOf('${{')
  if (at === -1) return picomatch(pattern)(name)
  const [fixed, open] = [name.slice(0, at), /^[^*?[{(!+@]*/.exec(pattern)![0]]
  return fixed.startsWith(open) || (open.startsWith(fixed) && pattern !== fixed)
}

function names(makers: readonly { name: string }[]): string {
  return makers.length === 0 ? '' : `; it has ${list([...new Set(makers.map((one) => one.name))])}`
}
