// Findings as they count: each once over all scanners, without those that policy accepts for a while (spec 2.5).

import { acceptanceOf, LONGEST_DAYS } from '../model/acceptance.ts'
import type { Config, Suppression } from '../model/config.ts'
import type { Finding } from '../model/evidence.ts'
import { SEVERITIES } from '../model/facts.ts'
import { type Reason, reason } from '../model/reason.ts'
import { pathGlobs } from './globs.ts'
import { VexWord } from './vex.ts'

/** Each finding once: by identifier, package and version, else by fingerprint, else by its place. The gravest copy counts. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>()
  for (const finding of findings) {
    if (finding.state === 'absent' || finding.state === 'not_failure') continue
    const key = keyOf(finding)
    const before = seen.get(key)
    seen.set(key, before === undefined ? finding : graver(before, finding))
  }
  return [...seen.values()]
}

function keyOf(finding: Finding): string {
  const { identifiers, package: name, version, rule, fingerprint, path, line } = finding
  const id = identifiers.find((one) => /^CVE-/i.test(one)) ?? [...identifiers].sort()[0]
  if (id !== undefined && name !== null) return JSON.stringify(['id', id.toUpperCase(), name, version])
  if (fingerprint !== null) return JSON.stringify(['print', rule, fingerprint])
  return JSON.stringify(['place', finding.tool, rule, path, line, name, version])
}

function graver(a: Finding, b: Finding): Finding {
  const worse = SEVERITIES.indexOf(b.severity) < SEVERITIES.indexOf(a.severity) ? b : a
  return a.state === 'active' || b.state === 'active' ? { ...worse, state: 'active' } : worse
}

export interface Sifted {
  open: Finding[]
  reasons: Reason[]
}

/** What is left open after the policy's suppressions and VEX documents. Suppressions of the scanned code itself do not count. */
export function sift(
  findings: readonly Finding[],
  { suppressions, vex }: Pick<Config, 'suppressions' | 'vex'>,
  now: Date,
): Sifted {
  const word = new VexWord(vex ?? [], now)
  const rules = suppressions.map((suppression) => ({
    suppression,
    matches: matcher(suppression),
    state: acceptanceOf(suppression.expires, now),
  }))
  const open: Finding[] = []
  const void_ = new Set<Suppression>()
  let accepted = 0
  let inSource = 0
  for (const finding of findings) {
    const matching = rules.filter((rule) => rule.matches(finding))
    if (matching.some((rule) => rule.state === 'valid')) {
      accepted++
      continue
    }
    if (word.accepts(finding)) continue
    for (const rule of matching) void_.add(rule.suppression)
    if (finding.state === 'suppressed') inSource++
    open.push(finding)
  }
  const reasons: Reason[] = rules.flatMap(({ suppression, state }) => {
    if (!void_.has(suppression)) return []
    const { id, expires } = suppression
    return [
      state === 'expired'
        ? reason('suppression_expired', { id, expired: expires })
        : reason('suppression_too_long', { id, expires, days: LONGEST_DAYS }),
    ]
  })
  reasons.push(...word.reasons())
  if (accepted > 0) reasons.push(reason('findings_suppressed', { count: accepted }))
  if (inSource > 0) reasons.push(reason('findings_suppressed_in_source', { count: inSource }))
  return { open, reasons }
}

function matcher({ id, path, package: name }: Suppression): (finding: Finding) => boolean {
  const wanted = id.toLowerCase()
  const inside = path === null ? null : pathGlobs([path])
  return (finding) => {
    const ids = [finding.rule, finding.fingerprint ?? '', ...finding.identifiers]
    if (!ids.some((one) => one.toLowerCase() === wanted)) return false
    if (inside !== null && (finding.path === null || !inside(finding.path))) return false
    return name === null || finding.package === name
  }
}
