// How long a certificate holds: until the earliest of policy, decayed evidence, ended waivers and due conditions.
import { acceptanceOf } from '../model/acceptance.ts'
import { addDuration, dayStart } from '../model/calendar.ts'
import type { Certificate, CertificateCondition, ExpiryCause } from '../model/certificate.ts'
import type { CertificateConfig } from '../model/certificate-config.ts'
import type { Config } from '../model/config.ts'
import type { EvaluationData } from '../model/evaluation.ts'
import { levelNumber } from '../model/level.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Result } from '../model/result.ts'

export interface End {
  at: Date
  because: ExpiryCause
  /** What ends then, for whoever is refused. */
  what: string
}

export type Validity = Pick<Certificate, 'issuedAt' | 'validFrom' | 'validUntil' | 'expiresBecause' | 'renewalDue'>

/** In force from now until just before the earliest end; the end that is past already where there is one. */
export function validityOf(
  config: CertificateConfig,
  conditions: readonly CertificateCondition[],
  ends: readonly End[],
  now: Date,
): Validity | { past: End } {
  const all = [...policyEnds(config, conditions.length > 0, now), ...ends, ...conditions.map(conditionEnd)]
  const first = all.reduce((earliest, one) => (one.at.getTime() < earliest.at.getTime() ? one : earliest))
  // A time that cannot be read has passed.
  const unread = all.find((one) => Number.isNaN(one.at.getTime()))
  if (unread !== undefined || !(now.getTime() < first.at.getTime())) return { past: unread ?? first }
  const issuedAt = now.toISOString()
  const due = Math.max(now.getTime(), first.at.getTime() - config.renewalNoticeSeconds * 1000)
  return {
    issuedAt,
    validFrom: issuedAt,
    validUntil: first.at.toISOString(),
    expiresBecause: first.because,
    renewalDue: new Date(due).toISOString(),
  }
}

function policyEnds(config: CertificateConfig, conditional: boolean, now: Date): End[] {
  const { validity, validUntil } = config
  const ends: End[] = [{ at: addDuration(now, validity), because: 'policy', what: 'the validity that the policy gives' }]
  if (validUntil !== null) ends.push({ at: startOf(validUntil), because: 'policy', what: `valid_until ${validUntil}` })
  if (conditional)
    ends.push({ at: addDuration(now, config.conditional.validity), because: 'condition', what: 'the validity with conditions' })
  return ends
}

function conditionEnd({ id, due }: CertificateCondition): End {
  return { at: new Date(due), because: 'condition', what: `the condition ${id}` }
}

function startOf(day: string): Date {
  return dayStart(day.slice(0, 10)) ?? new Date(Number.NaN)
}

/** Holds through its day. */
function endOf(day: string): Date {
  return new Date(startOf(day).getTime() + 86_400_000)
}

/** When each report becomes too old for a metric of the levels covered that was judged by it. */
export function evidenceEnds(
  { evaluatedAt, facts }: Pick<EvaluationData, 'evaluatedAt' | 'facts'>,
  metrics: readonly MetricValue[],
  config: Pick<Config, 'metrics'>,
  level: number,
): End[] {
  const made = new Map<string, number>()
  for (const { file, ageSeconds } of facts?.admitted ?? []) {
    const ref = facts?.files[file]?.ref
    if (ref !== undefined && ageSeconds !== null) made.set(keyOf(ref), Date.parse(evaluatedAt) - ageSeconds * 1000)
  }
  return metrics.flatMap(({ id, state, basis, level: of }) => {
    const longest = config.metrics.find((one) => one.id === id)?.maxAgeSeconds ?? null
    if (longest === null || state !== 'known' || levelNumber(of) > level) return []
    return basis.flatMap((ref): End[] => {
      const since = made.get(keyOf(ref))
      // What is read from the repository itself does not grow old by this; nor does what has no age to it.
      return since === undefined
        ? []
        : [{ at: new Date(since + longest * 1000), because: 'evidence', what: `${ref.path}, evidence of ${id}` }]
    })
  })
}

function keyOf({ path, origin, sha256 }: { path: string; origin: { type: string; name?: string }; sha256: string }): string {
  return JSON.stringify([path, origin.type, origin.name ?? null, sha256])
}

/** When each person's word for an item of a checklist ends. One that had ended when it was judged counted for nothing, and ends nothing. */
export function attestationEnds(
  { facts }: Pick<EvaluationData, 'facts'>,
  { checklists }: Pick<Config, 'checklists'>,
  judgedAt: Date,
): End[] {
  const written = (facts?.admitted ?? []).flatMap((share) => {
    const own = share.facts ?? facts?.files[share.file]?.facts
    return own?.kind === 'checklist' ? own.items.filter((item) => item.checked) : []
  })
  const words = [
    ...written.map((item) => ({ text: item.text, expires: item.vouched?.expires ?? null })),
    ...checklists.flatMap((list) => list.items.map((item) => ({ text: item.text, expires: item.attested?.expires ?? null }))),
  ]
  return words.flatMap(({ text, expires }): End[] => {
    const at = expires === null ? null : dayStart(expires)
    return at === null || at.getTime() <= judgedAt.getTime() ? [] : [{ at, because: 'evidence', what: `the word for "${text}"` }]
  })
}

/** Of every waiver within `level`, and of every suppression that held when it was judged, where any finding was suppressed. */
export function waiverEnds(
  { levels }: Pick<Result, 'levels'>,
  metrics: readonly MetricValue[],
  config: Pick<Config, 'levels' | 'suppressions'>,
  { level, judgedAt }: { level: number; judgedAt: Date },
): End[] {
  const waived = levels
    .filter((one) => one.number <= level)
    .flatMap((one) => one.criteria.filter((criterion) => criterion.outcome === 'not_applicable'))
    .map((one) => one.id)
  const rules = config.levels.flatMap((one) => one.criteria).filter((one) => waived.includes(one.id))
  const ends = rules.flatMap(({ id, notApplicable }): End[] =>
    notApplicable === null ? [] : [{ at: startOf(notApplicable.expires), because: 'waiver', what: `the waiver of ${id}` }],
  )
  const reasons = metrics.flatMap((one) => one.reasons)
  // Which of them were needed is not known any more: the first to end ends it.
  if (reasons.some((one) => one.code === 'findings_suppressed'))
    for (const { id, expires } of config.suppressions)
      if (acceptanceOf(expires, judgedAt) === 'valid')
        ends.push({ at: endOf(expires), because: 'waiver', what: `the suppression of ${id}` })
  for (const one of reasons)
    if (one.code === 'findings_suppressed_by_vex')
      ends.push({ at: endOf(one.args.expires), because: 'waiver', what: `the word of ${one.args.file}` })
  return ends
}
