// Bandit's JSON report: its results, and how many more were hidden by comments.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asArray, asCount, asObject, countAt, field, inside, isObject, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { findingOf, lineOf, securityFacts, severityOfWord } from './scanner-finding.ts'

const TOTALS = '_totals'
const WORDS = ['HIGH', 'MEDIUM', 'LOW', 'UNDEFINED'] as const

/**
 * `bandit -f json`.
 * - One finding per entry of `results`, by `issue_severity`; UNDEFINED is unknown. What a `# nosec` hid is only counted by Bandit
 *   (`nosec` and `skipped_tests` of each file): so many findings of that file are suppressed, of the rule `nosec` and of unknown
 *   severity. `--ignore-nosec` has them listed.
 * - The scan failed where `errors` names a file that was not read, and where no file was looked into.
 * - `declared_recount_differ` where the totals are not what is listed (`-l`, `-i`).
 */
export const bandit: Format<'security'> = {
  id: 'bandit',
  kind: 'security',
  title: 'Bandit (JSON)',
  producers: ['`bandit -f json`'],
  discovers: ['**/bandit.json', '**/bandit-report.json', '**/bandit-results.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('errors') === true &&
    jsonKeys.has('generated_at') &&
    (jsonKeys.has('metrics') || /"CONFIDENCE\.HIGH"\s*:/.test(text)),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const results = asArray(field(root, 'results'), '"results"').map((value, index) =>
      inside(
        () => `results[${index}]`,
        () => resultFinding(asObject(value, 'the entry'), limits),
      ),
    )
    const metrics = asObject(field(root, 'metrics'), '"metrics"')
    const files = Object.entries(metrics).filter(([name]) => name !== TOTALS)
    const hidden = hiddenIn(files, limits)
    const [error] = asArray(field(root, 'errors'), '"errors"')
    const failure = error === undefined ? (files.length === 0 ? 'no file was looked into' : null) : saidOf(error, limits)
    return {
      facts: securityFacts({ findings: [...results, ...hidden], tools: ['Bandit'], scans: ['sast'], failure }, limits),
      info: { producer: 'Bandit', commit: null, createdAt: isoOf(field(root, 'generated_at')) },
      problems: differs(metrics, results)
        ? [{ code: 'declared_recount_differ', message: 'the totals are not those of the results listed' }]
        : [],
    }
  },
}

function resultFinding(result: JsonObject, limits: Limits): Finding {
  const line = lineOf(field(result, 'line_number'))
  const range = field(result, 'line_range')
  return findingOf({
    rule: textAt(result, 'test_id', limits)?.slice(0, limits.nameLength) || 'unknown',
    title: textAt(result, 'issue_text', limits),
    severity: severityOfWord(field(result, 'issue_severity')),
    tool: 'Bandit',
    path: textAt(result, 'filename', limits)?.replace(/^\.\//, '') ?? null,
    line,
    endLine: (Array.isArray(range) ? lineOf(range.at(-1)) : null) ?? line,
  })
}

function hiddenIn(files: readonly (readonly [string, unknown])[], limits: Limits): Finding[] {
  const findings: Finding[] = []
  for (const [name, value] of files) {
    const path = name.replace(/^\.\//, '')
    const metrics = asObject(value, 'the figures of a file')
    const count = (countAt(metrics, 'nosec') ?? 0) + (countAt(metrics, 'skipped_tests') ?? 0)
    if (findings.length + count > limits.findings) throw refused('too_many', `holds more than ${limits.findings} findings`)
    for (let number = 1; number <= count; number++) {
      const fingerprint = `${path}:${number}`.slice(-limits.nameLength)
      const title = 'hidden by a # nosec comment'
      findings.push(findingOf({ rule: 'nosec', title, tool: 'Bandit', path, fingerprint, state: 'suppressed' }))
    }
  }
  return findings
}

function saidOf(error: unknown, limits: Limits): string {
  const [file, reason] = isObject(error) ? [textAt(error, 'filename', limits), textAt(error, 'reason', limits)] : []
  return `Bandit could not read ${file?.slice(0, 200) || 'a file'}${reason ? `: ${reason.slice(0, 200)}` : ''}`
}

function differs(metrics: JsonObject, results: readonly Finding[]): boolean {
  const totals = field(metrics, TOTALS)
  if (!isObject(totals)) return false
  const declared = WORDS.map((word) => field(totals, `SEVERITY.${word}`) ?? null).filter((count) => count !== null)
  return declared.length > 0 && declared.reduce((sum: number, count) => sum + asCount(count, 'a total'), 0) !== results.length
}
