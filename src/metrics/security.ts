// Security: 100 less the points of every open finding; a scan that policy requires and nobody ran leaves it unknown (spec 2.5, 2.13).
import type { Admitted, SecurityFacts } from '../model/evidence.ts'
import { reason } from '../model/reason.ts'
import { distinct, sift } from './findings.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { missing } from './scope.ts'
import { scansOver, scoreOf } from './score.ts'

export const security: Metric = {
  family: 'security',
  kinds: ['security'],
  accepts: ['security'],
  minds: [],
  rollsUp: true,
  measure({ metric, evidence, input }) {
    const scans = evidence.filter(isScan)
    const ran = new Set(scans.flatMap((one) => one.facts.scans))
    const absent = metric.requireScans.filter((kind) => !ran.has(kind))
    if (scans.length === 0) {
      // A lint report is no security scan, however empty.
      const kinds = absent.length > 0 ? absent : ['security']
      return unknown(metric, 'no_evidence', missing(metric, security, [reason('scan_missing', { kinds })], input))
    }
    const basis = refsOf(scans)
    if (absent.length > 0) return unknown(metric, 'no_evidence', [reason('scan_missing', { kinds: absent })], { basis })
    const findings = scans.flatMap((one) => one.facts.findings.filter((finding) => finding.security))
    const { open, reasons } = sift(distinct(findings), input.config, input.now)
    const score = scoreOf(open, metric, scansOver(scans.length, [...new Set(scans.flatMap((one) => one.facts.tools))]))
    return known(metric, score.value, score.formula, basis, { reasons: [...score.reasons, ...reasons], parts: score.parts })
  },
}

function isScan(one: Admitted): one is Admitted<SecurityFacts> {
  return one.facts.kind === 'security' && (one.facts.scans.length > 0 || one.facts.findings.some((finding) => finding.security))
}
