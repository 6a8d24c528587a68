// Code quality from lint reports: 100 less the points of what linters found, suppressions in the code respected (decision 23).
import type { Admitted, SecurityFacts } from '../model/evidence.ts'
import { distinct, sift } from './findings.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { missing } from './scope.ts'
import { scansOver, scoreOf } from './score.ts'

export const quality: Metric = {
  family: 'quality',
  kinds: ['security'],
  accepts: ['security'],
  minds: [],
  rollsUp: true,
  measure({ metric, evidence, input }) {
    const reports = evidence.filter(isLint)
    if (reports.length === 0) return unknown(metric, 'no_evidence', missing(metric, quality, [], input))
    const findings = reports.flatMap((one) =>
      one.facts.findings.filter((finding) => !finding.security && finding.state === 'active'),
    )
    const { open, reasons } = sift(distinct(findings), input.config, input.now)
    const score = scoreOf(open, metric, scansOver(reports.length, [...new Set(reports.flatMap((one) => one.facts.tools))]))
    return known(metric, score.value, score.formula, refsOf(reports), {
      reasons: [...score.reasons, ...reasons],
      parts: score.parts,
    })
  },
}

/** A report of security scans alone says nothing about quality. */
function isLint(one: Admitted): one is Admitted<SecurityFacts> {
  return (
    one.facts.kind === 'security' && (one.facts.scans.length === 0 || one.facts.findings.some((finding) => !finding.security))
  )
}
