// The block of its kind in an `inspect --json` entry: facts in numbers.
import type {
  CoverageFacts,
  CoverageTotals,
  Facts,
  PerformanceFacts,
  Ratio,
  SecurityFacts,
  Severity,
  TestFacts,
} from '../model/evidence.ts'
import type { Problem } from '../model/problem.ts'

export interface InspectBlock {
  coverage?: CoverageTotals & { files: number; declared: CoverageTotals | null; agree: boolean | null }
  tests?: TestFacts['totals'] & { duration_s: number | null; suite_errors: number; unfinished: boolean }
  performance?: { metrics: PerformanceFacts['metrics']; samples: number | null; errors: number | null }
  security?: { counts: Record<Severity, number>; active: number; suppressed: number; tools: string[]; scan_failed: boolean }
  documentation?: { words: number; headings: number; placeholders: number; links: number }
  apidocs?: { documented: number; total: number }
  checklist?: { items: number; checked: number }
  reliability?: { events: { good: number; total: number; source: string } | null; window: string | null }
}

/** Only the block of the facts' kind. */
export function blockOf(facts: Facts, problems: readonly Problem[]): InspectBlock {
  switch (facts.kind) {
    case 'coverage':
      return { coverage: coverageOf(facts, problems) }
    case 'tests':
      return {
        tests: {
          ...facts.totals,
          duration_s: facts.durationSeconds,
          suite_errors: facts.suiteErrors,
          unfinished: facts.unfinished,
        },
      }
    case 'performance':
      return { performance: { metrics: facts.metrics, samples: facts.samples, errors: facts.errors } }
    case 'security':
      return { security: securityOf(facts) }
    case 'documentation':
      return {
        documentation: {
          words: facts.words,
          headings: facts.headings.length,
          placeholders: facts.placeholders.length,
          links: facts.links.length,
        },
      }
    case 'apidocs':
      return { apidocs: { documented: facts.documented.covered, total: facts.documented.total } }
    case 'checklist':
      return { checklist: { items: facts.items.length, checked: facts.items.filter((item) => item.checked).length } }
    case 'reliability':
      return { reliability: { events: facts.events, window: facts.window } }
  }
}

function coverageOf(
  { totals, declared, files }: CoverageFacts,
  problems: readonly Problem[],
): NonNullable<InspectBlock['coverage']> {
  const { lines, branches, functions, statements } = totals
  return { lines, branches, functions, statements, files: files.length, declared, agree: agreeOf(totals, declared, problems) }
}

/** The reader's own word where it found a difference, else whether each declared total is the one that counts. */
function agreeOf(totals: CoverageTotals, declared: CoverageTotals | null, problems: readonly Problem[]): boolean | null {
  if (problems.some((problem) => problem.code === 'declared_recount_differ')) return false
  const measures = ['lines', 'branches', 'functions', 'statements'] as const
  const stated = measures.filter((measure) => declared?.[measure])
  return stated.length === 0 ? null : stated.every((measure) => same(declared![measure]!, totals[measure]))
}

function same(a: Ratio, b: Ratio | null): boolean {
  return b !== null && a.covered === b.covered && a.total === b.total
}

function securityOf({ findings, tools, scanFailed }: SecurityFacts): NonNullable<InspectBlock['security']> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
  const active = findings.filter((finding) => finding.state === 'active')
  for (const finding of active) counts[finding.severity]++
  const suppressed = findings.filter((finding) => finding.state === 'suppressed').length
  return { counts, active: active.length, suppressed, tools, scan_failed: scanFailed }
}
