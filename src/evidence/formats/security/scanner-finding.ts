// What the readers of scanners' own reports share: a finding with nothing known of it, severity words, the bound on findings.
import type { Finding, SecurityFacts, Severity } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { refused } from '../../scan/json.ts'

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['info', 'info'],
  ['none', 'info'],
  ['negligible', 'info'],
])

/** A word that nobody knows, or none, is no severity. */
export function severityOfWord(word: unknown): Severity {
  return (typeof word === 'string' ? WORDS.get(word.toLowerCase()) : undefined) ?? 'unknown'
}

/** A CVSS score; null: anything that is none. */
export function scoreOf(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= 10 ? value : null
}

/** A loop: a file may hold more scores than a call takes arguments. */
export function highestOf(scores: Iterable<number | null>): number | null {
  let highest: number | null = null
  for (const score of scores) if (score !== null && (highest === null || score > highest)) highest = score
  return highest
}

/** Numbered from 1; tools write 0 or -1 where they know none. */
export function lineOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null
}

export function findingOf(known: Partial<Finding> & Pick<Finding, 'rule' | 'tool'>): Finding {
  return {
    title: null,
    severity: 'unknown',
    score: null,
    security: true,
    path: null,
    line: null,
    endLine: null,
    package: null,
    version: null,
    fixedIn: null,
    identifiers: [],
    fingerprint: null,
    state: 'active',
    ...known,
  }
}

/** Each text once, none empty, no more of them than anybody reads. */
export function distinctIds(ids: readonly unknown[]): string[] {
  const texts = ids.filter((id): id is string => typeof id === 'string' && id !== '')
  return [...new Set(texts.map((id) => id.slice(0, 200)))].slice(0, 100)
}

export function securityFacts(
  known: Partial<SecurityFacts> & Pick<SecurityFacts, 'findings' | 'tools' | 'scans'>,
  limits: Limits,
): SecurityFacts {
  if (known.findings.length > limits.findings) throw refused('too_many', `holds more than ${limits.findings} findings`)
  const failure = known.failure ?? null
  return { kind: 'security', revisions: [], ...known, scans: [...known.scans].sort(), scanFailed: failure !== null, failure }
}
