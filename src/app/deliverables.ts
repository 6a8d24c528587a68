// The files that gate deliverables and checks name, looked up once.

import type { Check } from '../model/check.ts'
import type { Config } from '../model/config.ts'
import type { Ports } from './ports.ts'

export interface DeliverableFile {
  path: string
  size: number
  ageSeconds: number | null
  tracked: boolean
}

/** Files by glob, for every `file:` check of gates, requirements and checklists. */
export function deliverableFiles(config: Config, ports: Ports, now: Date): Record<string, DeliverableFile[]> {
  const files: Record<string, DeliverableFile[]> = {}
  for (const pattern of patterns(config)) {
    files[pattern] = ports.files.find([pattern], 1000).files.map((file) => ({
      path: file.path,
      size: file.size,
      ageSeconds: file.modifiedAt === null ? null : Math.max(0, (now.getTime() - Date.parse(file.modifiedAt)) / 1000),
      tracked: file.tracked,
    }))
  }
  return files
}

function patterns(config: Config): Set<string> {
  const checks: (Check | null)[] = [
    ...config.gates.flatMap((gate) => [...gate.entry, ...gate.exit, ...gate.deliverables].map((item) => item.check)),
    ...config.levels.flatMap((level) => level.requirements.map((item) => item.check)),
    ...config.checklists.flatMap((list) => list.items.map((item) => item.check)),
  ]
  return new Set(checks.flatMap((check) => (check?.fn === 'file' ? check.paths : [])))
}
