// The files that gate deliverables and checks name, looked up once.

import type { Check } from '../model/check.ts'
import type { Config } from '../model/config.ts'
import type { Gathered } from '../model/evidence.ts'
import { evidencePath } from '../model/vouched.ts'
import type { FoundFile, Ports } from './ports.ts'

type FileCheck = Extract<Check, { fn: 'file' }>

export interface DeliverableFile {
  path: string
  size: number
  ageSeconds: number | null
  tracked: boolean
}

/** Files by glob, for every `file:` check of gates, requirements and checklists, and for what attestations name as their evidence. */
export function deliverableFiles(
  config: Config,
  ports: Ports,
  now: Date,
  read: Gathered['evidence'] = [],
): Record<string, DeliverableFile[]> {
  const files: Record<string, DeliverableFile[]> = {}
  // A checkout gives every tracked file the date of today: how old those are, only history tells. Not known is no age.
  const age = ({ path, modifiedAt, tracked }: FoundFile): number | null =>
    secondsSince(tracked ? ports.git.changedAt(path) : modifiedAt, now)
  const checks = fileChecks(config)
  const dated = new Set(checks.flatMap((check) => (check.maxAgeSeconds === null ? [] : check.paths)))
  for (const pattern of new Set([...checks.flatMap((check) => check.paths), ...vouchedFor(config, read)])) {
    files[pattern] = ports.files.find([pattern], 1000).files.map((file) => ({
      path: file.path,
      size: file.size,
      ageSeconds: dated.has(pattern) ? age(file) : null,
      tracked: file.tracked,
    }))
  }
  return files
}

/** Paths that the attestations of the policy and of the lists name. */
function vouchedFor(config: Config, read: Gathered['evidence']): string[] {
  const vouched = [
    ...config.checklists.flatMap((list) => list.items.flatMap((item) => item.attested ?? [])),
    ...read.flatMap(({ facts }) => (facts.kind === 'checklist' ? facts.items.flatMap((item) => item.vouched ?? []) : [])),
  ]
  return vouched.flatMap(({ evidence }) => (evidence === null ? [] : (evidencePath(evidence) ?? [])))
}

/** Clocks of two machines may differ by this much; a date further in the future is none. */
const SKEW_SECONDS = 600

function secondsSince(date: string | null, now: Date): number | null {
  const seconds = date === null ? Number.NaN : (now.getTime() - Date.parse(date)) / 1000
  return seconds >= -SKEW_SECONDS ? Math.max(0, seconds) : null
}

/** Those of gates, requirements and checklists. */
export function checksOf(config: Config): Check[] {
  const items = [
    ...config.gates.flatMap((gate) => [...gate.entry, ...gate.exit, ...gate.deliverables]),
    ...config.levels.flatMap((level) => level.requirements),
    ...config.checklists.flatMap((list) => list.items),
  ]
  return items.flatMap((item) => item.check ?? [])
}

export function fileChecks(config: Config): FileCheck[] {
  return checksOf(config).filter((check) => check.fn === 'file')
}
