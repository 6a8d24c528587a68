// Documentation: for each document the share of its rules that hold, for each report on an interface the share that is documented (spec 2.6).
import type { DocumentRule } from '../model/config.ts'
import type { Admitted, ApiDocsFacts, DocumentFacts } from '../model/evidence.ts'
import type { MetricPart } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { pathGlobs } from './globs.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { missing } from './scope.ts'
import { plural, shown } from './shown.ts'

export const documentation: Metric = {
  family: 'documentation',
  kinds: ['documentation'],
  // A report on the interface counts where it is named: to be found by chance is no part of anybody's documentation.
  accepts: ['documentation', 'apidocs'],
  minds: [],
  rollsUp: false,
  measure({ metric, evidence, input }) {
    const documents = evidence.filter((one): one is Admitted<DocumentFacts> => one.kind === 'documentation')
    const reports = evidence.filter((one): one is Admitted<ApiDocsFacts> => one.kind === 'apidocs')
    if (metric.documents.length === 0 && reports.length === 0)
      return unknown(metric, 'no_evidence', [reason('no_scope', { metric: metric.id, looked_for: 'documents' })])
    // Named and gone without a trace: the documents alone are not what was asked for.
    if (metric.evidence.some((entry) => entry.required) && reports.length === 0)
      return unknown(metric, 'no_evidence', missing(metric, documentation, [], input))
    const judged = metric.documents.map((rule) => judgeRule(rule, documents, input.now))
    const read = reports.map(judgeReport)
    const used = [...judged, ...read].flatMap((one): Admitted[] => one.used)
    const reasons = judged.flatMap((one) => one.reasons)
    const weights = [...metric.documents.map((rule) => rule.weight), ...read.map(() => REPORT_WEIGHT)]
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    const parts = [...judged, ...read].map((one, at) => worth(one, (100 * weights[at]!) / all))
    if (used.length === 0) return unknown(metric, 'no_evidence', reasons, { parts })
    if (!(all > 0))
      return unknown(
        metric,
        'no_evidence',
        [reason('no_scope', { metric: metric.id, looked_for: 'documents that have a weight' })],
        { parts },
      )
    const value = (100 * [...judged, ...read].reduce((sum, one, at) => sum + (weights[at]! * one.held) / one.total, 0)) / all
    const sums = [sumOf(judged, 'rule', 'document'), sumOf(read, 'part', 'report')].filter((one) => one !== '')
    const formula = `${sums.join(', ')} = ${shown(value)} %`
    return known(metric, value, formula, refsOf(used), { reasons, parts })
  },
}

interface Share {
  held: number
  total: number
  part: MetricPart
}

interface Judged extends Share {
  used: Admitted<DocumentFacts>[]
  reasons: Reason[]
}

/** What a report on an interface weighs beside the documents. */
const REPORT_WEIGHT = 1

function sumOf(shares: readonly Share[], what: string, where: string): string {
  if (shares.length === 0) return ''
  const held = shares.reduce((sum, one) => sum + one.held, 0)
  const total = shares.reduce((sum, one) => sum + one.total, 0)
  return `${held} / ${plural(total, what)} of ${plural(shares.length, where)}`
}

/** One that holds nothing was not admitted, and would be worth nothing. */
function judgeReport(one: Admitted<ApiDocsFacts>): Share & { used: Admitted[] } {
  const { documented, undocumented } = one.facts
  const { covered: held, total } = documented
  // Steps are made of names only where all of them are known.
  const lines = undocumented.length === total - held ? undocumented.map(({ name }) => `${name.slice(0, 120)} undocumented`) : []
  const part: MetricPart = {
    name: one.ref.path,
    state: held === total ? 'pass' : 'short',
    detail: `${held} of ${total} documented`,
    path: one.ref.path,
    ranges: [],
    kind: 'document',
    ...(lines.length > 0 ? { lines } : {}),
  }
  return { held, total, used: [one], part }
}

/** `points`: of the whole value, for a document of which every rule holds. */
function worth({ part, held, total }: Share, points: number): MetricPart {
  const lacks = (points * (total - held)) / total
  return lacks > 0 ? { ...part, lacks } : part
}

/** A rule for several files holds as far as the worst of them. */
function judgeRule(rule: DocumentRule, documents: readonly Admitted<DocumentFacts>[], now: Date): Judged {
  const matches = pathGlobs([rule.path])
  const used = documents.filter((one) => one.facts.path === rule.path || matches(one.facts.path))
  if (used.length === 0) {
    const absent = rulesOf(rule, null, now)
    const total = absent.length
    const part: MetricPart = {
      name: rule.id,
      state: 'short',
      detail: 'does not exist',
      path: rule.path,
      ranges: [],
      kind: 'document',
      lines: absent.map((each) => each.words),
    }
    return { held: 0, total, used, reasons: [reason('document_missing', { path: rule.path })], part }
  }
  return used.map((one) => judgeDocument(rule, one, used, now)).reduce((worst, one) => (one.held < worst.held ? one : worst))
}

function judgeDocument(rule: DocumentRule, one: Admitted<DocumentFacts>, used: Admitted<DocumentFacts>[], now: Date): Judged {
  const { facts } = one
  const rules = rulesOf(rule, facts, now)
  const broken = rules.filter((each) => !each.holds).map((each) => each.words)
  const reasons: Reason[] = []
  if (facts.tracked !== true) reasons.push(reason('document_untracked', { path: facts.path }))
  const others = broken.filter((words) => words !== TRACKED)
  if (others.length > 0) reasons.push(reason('documents_incomplete', { path: facts.path, rules: others }))
  const lines = [
    ...facts.placeholders.map((each) => each.line),
    ...(rule.links ? facts.links.filter((each) => each.resolves !== true).map((each) => each.line) : []),
  ]
  const held = rules.length - broken.length
  const part: MetricPart = {
    name: rule.id,
    state: broken.length === 0 ? 'pass' : 'short',
    detail: `${held} of ${plural(rules.length, 'rule')}${broken.length > 0 ? `: ${broken.slice(0, 5).join('; ')}` : ''}`,
    path: facts.path,
    ranges: lines.slice(0, 20).map((line) => [line, line]),
    kind: 'document',
    ...(broken.length > 0 ? { lines: broken } : {}),
  }
  return { held, total: rules.length, used, reasons, part }
}

const TRACKED = 'not in git'

/** The rules that apply, in the words of what is wrong where one does not hold. What is not known does not hold. */
function rulesOf(rule: DocumentRule, facts: DocumentFacts | null, now: Date): { holds: boolean; words: string }[] {
  // An empty file holds nothing: neither placeholders nor dead links are missing from it to its credit.
  const filled = facts !== null && facts.words > 0
  const rules = [
    { holds: filled, words: facts === null ? 'missing' : 'empty' },
    { holds: facts?.tracked === true, words: TRACKED },
    {
      holds: filled && facts.placeholders.length === 0,
      words: filled ? `placeholders left: ${texts(facts.placeholders.map((one) => one.text))}` : 'nothing to read',
    },
  ]
  if (rule.minWords > 0)
    rules.push({ holds: facts !== null && facts.words >= rule.minWords, words: `${facts?.words ?? 0} of ${rule.minWords} words` })
  for (const heading of rule.headings) {
    const holds = facts?.headings.some((one) => plain(one.text) === plain(heading) && one.words > 0) === true
    rules.push({ holds, words: `section "${heading}" missing or empty` })
  }
  if (rule.links) {
    const dead = facts?.links.filter((one) => one.resolves !== true) ?? []
    const words = dead.length > 0 ? `links that lead nowhere: ${texts(dead.map((one) => one.target))}` : 'nothing to read'
    rules.push({ holds: filled && dead.length === 0, words })
  }
  if (rule.maxAgeSeconds !== null) {
    const changed = facts?.changedAt ?? null
    const age = changed === null ? Number.NaN : (now.getTime() - Date.parse(changed)) / 1000
    const words = Number.isNaN(age) ? 'time of last change not known' : `last changed ${Math.floor(age / 86_400)} days ago`
    rules.push({ holds: age <= rule.maxAgeSeconds, words })
  }
  return rules
}

function texts(list: readonly string[] | undefined): string {
  return (list ?? [])
    .slice(0, 3)
    .map((one) => one.slice(0, 60))
    .join(', ')
}

function plain(heading: string): string {
  return heading
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
