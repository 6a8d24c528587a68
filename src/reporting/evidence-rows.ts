// Every file that was found, admitted or not, as the result lists it.
import type { Admitted, Evidence, Facts, Gathered, Rejected } from '../model/evidence.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Reason } from '../model/reason.ts'
import type { ResultEvidence } from '../model/result.ts'
import { byCodeUnit, nameOf } from './evidence-list.ts'
import { amount, plural } from './numbers.ts'
import { stated } from './stated.ts'

export interface EvidenceInput {
  admitted: readonly Admitted[]
  refused: readonly { evidence: Evidence; reason: Reason }[]
  gathered: Pick<Gathered, 'evidence' | 'rejected'>
  metrics: readonly MetricValue[]
}

/** Sorted by name, then digest: the order in which files were found does not show. */
export function evidenceRows({ admitted, refused, gathered, metrics }: EvidenceInput): ResultEvidence[] {
  const whole = new Map(gathered.evidence.map((found) => [keyOf(found), found]))
  const used = usedBy(metrics)
  const rows = [
    ...admittedFiles(admitted).map(({ file, level }) =>
      fileRow(whole.get(keyOf(file)) ?? file, level, ageOf(file), true, file.reasons, used),
    ),
    ...refused.map(({ evidence, reason }) => fileRow(evidence, evidence.declaredBy.level, null, false, [reason], used)),
    ...gathered.rejected.map(rejectedRow),
  ]
  return rows.sort(
    (a, b) =>
      byCodeUnit(nameOf(a), nameOf(b)) || byCodeUnit(a.sha256 ?? '', b.sha256 ?? '') || Number(b.admitted) - Number(a.admitted),
  )
}

/** Admission has one entry for each level that a file speaks for; a reader wants the file once. */
function admittedFiles(admitted: readonly Admitted[]): { file: Admitted; level: ResultEvidence['level'] }[] {
  const files = new Map<string, { file: Admitted; level: ResultEvidence['level'] }>()
  for (const file of admitted) {
    const before = files.get(keyOf(file))
    if (before === undefined) files.set(keyOf(file), { file, level: file.level })
    else if (before.level !== file.level) before.level = null
  }
  return [...files.values()]
}

/** Metric ids by the name of each file they rest on. Thousands of files are ordinary, hence the index. */
function usedBy(metrics: readonly MetricValue[]): Map<string, string[]> {
  const used = new Map<string, string[]>()
  for (const metric of metrics) {
    for (const name of new Set(metric.basis.map(nameOf))) {
      const ids = used.get(name)
      if (ids === undefined) used.set(name, [metric.id])
      else ids.push(metric.id)
    }
  }
  return used
}

function keyOf({ ref }: Evidence): string {
  return JSON.stringify([nameOf(ref), ref.sha256])
}

function fileRow(
  file: Evidence,
  level: ResultEvidence['level'],
  age: number | null,
  admitted: boolean,
  reasons: readonly Reason[],
  used: ReadonlyMap<string, string[]>,
): ResultEvidence {
  return {
    path: file.ref.path,
    origin: file.ref.origin,
    sha256: file.ref.sha256,
    bytes: file.bytes,
    format: file.format,
    kind: file.kind,
    producer: file.info.producer,
    level,
    component: file.declaredBy.component,
    metrics: used.get(nameOf(file.ref)) ?? [],
    age,
    admitted,
    reasons: reasons.map((reason) => stated(reason)),
    summary: saysOf(file.facts),
  }
}

function rejectedRow(file: Rejected): ResultEvidence {
  return {
    path: file.path,
    origin: file.origin,
    sha256: file.sha256,
    bytes: file.bytes,
    format: file.format,
    kind: file.kind,
    producer: null,
    level: file.declaredBy.level,
    component: file.declaredBy.component,
    metrics: [...file.declaredBy.metrics],
    age: null,
    admitted: false,
    reasons: [stated(file.reason)],
    summary: null,
  }
}

/** Known only where the report or its artifact says so: a file's own time depends on the machine that unpacked it. */
function ageOf(file: Admitted): number | null {
  return file.info.createdAt !== null || file.ref.origin.type === 'artifact' ? file.ageSeconds : null
}

function saysOf(facts: Facts): string | null {
  switch (facts.kind) {
    case 'coverage': {
      const ratio = facts.totals.lines ?? facts.totals.statements
      const what = facts.totals.lines ? 'lines' : 'statements'
      return ratio === null ? null : `${ratio.covered} of ${ratio.total} ${what}`
    }
    case 'tests': {
      const { passed, failed, errors, skipped } = facts.totals
      const rest = [
        failed > 0 ? `${failed} failed` : '',
        errors > 0 ? plural(errors, 'error') : '',
        skipped > 0 ? `${skipped} skipped` : '',
      ]
      return [`${passed} passed`, ...rest.filter((part) => part !== '')].join(', ')
    }
    case 'performance':
      return [plural(facts.metrics.length, 'value'), facts.samples === null ? '' : plural(facts.samples, 'sample')]
        .filter(Boolean)
        .join(', ')
    case 'security':
      return facts.scanFailed
        ? 'scan failed'
        : `${plural(facts.findings.filter((finding) => finding.state === 'active').length, 'finding')} open`
    case 'checklist':
      return `${facts.items.filter((item) => item.checked).length} of ${plural(facts.items.length, 'item')} ticked`
    case 'documentation':
      return plural(facts.words, 'word')
    case 'apidocs':
      return `${facts.documented.covered} of ${facts.documented.total} documented`
    case 'reliability':
      return facts.events === null ? null : `${amount(facts.events.good, '')} of ${plural(facts.events.total, 'event')} good`
  }
}
