// Whether what runs beside the evidence can be changed by somebody else: a tag and a branch can be moved, a commit cannot.
import { broken, type Check, type Found, list, risk } from './check.ts'
import type { Workflow } from './workflow.ts'

const FIX = 'uses: owner/name@<40 digits of the commit> # v1.2.3'

export const pins: Check = {
  id: 'pins',
  what: 'pinned versions',
  needs: 'use',
  look: ({ uses }) => [...new Set(uses.map(({ workflow }) => workflow))].flatMap(about),
}

function about(workflow: Workflow): Found[] {
  const used = new Set(workflow.jobs.flatMap((job) => [job.uses, ...job.steps.map((step) => step.uses)]))
  const loose = [...used].filter((one) => one !== null).filter((one) => !pinned(one))
  const judge = loose.filter((one) => /\bcertify\b/i.test(one) && !/@v?\d/.test(one))
  const found: Found[] = judge.map((one) =>
    broken(workflow.path, `${one} follows a branch: whoever pushes there changes the judge`, FIX),
  )
  const others = loose.filter((one) => !judge.includes(one))
  if (others.length > 0)
    found.push(
      risk(workflow.path, `${list(others)}: a tag can be moved to other code, which then runs beside your evidence`, FIX),
    )
  return found
}

function pinned(uses: string): boolean {
  if (uses.startsWith('./') || uses.startsWith('$/')) return true
  return uses.startsWith('docker://') ? /@sha256:[0-9a-f]{64}$/.test(uses) : /@[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(uses)
}
