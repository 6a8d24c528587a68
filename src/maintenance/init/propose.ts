// What init proposes: both files, what they rest on, and what is still missing.
import type { ChecklistPart } from './checklist-config.ts'
import { configText } from './config-text.ts'
import { detect } from './detect.ts'
import { lackingAt } from './lacking.ts'
import type { Report, Repository } from './repository.ts'
import { workflowText } from './workflow-text.ts'

export interface Proposal {
  config: string
  workflow: string
  reports: Report[]
  /** Commands that the workflow runs. */
  commands: string[]
  lacking: { level: 1 | 2; what: string[] }[]
  notes: string[]
}

/** Pure: the same repository gives the same files. `part`: of a checklist that is written beside them. */
export function propose(repo: Repository, part: ChecklistPart | null = null): Proposal {
  const found = detect(repo)
  const readme = repo.texts.has('README.md')
  const lacking = [
    { level: 1 as const, what: lackingAt('component', found.reports, readme) },
    { level: 2 as const, what: lackingAt('integration', found.reports, readme) },
  ]
  return {
    config: configText(found.reports, readme, part),
    workflow: workflowText(found, repo.defaultBranch),
    reports: found.reports,
    commands: found.steps.flatMap((step) => step.run ?? []),
    lacking: lacking.filter(({ what }) => what.length > 0),
    notes: found.notes,
  }
}
