// Checks on what lies on the table: test results, evidence of a kind.
import type { Check } from '../model/check.ts'
import { compareLimit } from '../model/compare.ts'
import { isDiscovered } from '../model/discovered.ts'
import type { Admitted, Kind } from '../model/evidence.ts'
import { type LevelId, levelNumber } from '../model/level.ts'
import type { Finding } from '../model/metric-check.ts'
import { type Reason, reason } from '../model/reason.ts'
import { usualName } from '../model/usual-name.ts'
import { gapsOf } from './gaps.ts'
import type { GateInput, Place } from './input.ts'
import { type TestTally, testsOf } from './tests-of-level.ts'

type CheckOf<F extends Check['fn']> = Extract<Check, { fn: F }>

const PASS: Finding = { outcome: 'pass', reasons: [] }
const missing = (reasons: Reason[]): Finding => ({ outcome: 'no_evidence', reasons })

/** At least one test of the level ran and none failed; nothing that was asked for is absent. */
export function testsPassed({ level }: CheckOf<'tests.passed'>, input: GateInput): Finding {
  const tally = testsOf(level, input.admitted)
  const broken = brokenTests(tally)
  if (broken.length > 0) return { outcome: 'fail', reasons: broken }
  return testsAbsent(level, tally, input) ?? PASS
}

/** The number of executed tests of the level against the limit. No test at all is no evidence, whatever the limit. */
export function testsCount({ level, limit }: CheckOf<'tests.count'>, input: GateInput): Finding {
  const tally = testsOf(level, input.admitted)
  const absent = testsAbsent(level, tally, input)
  if (absent !== null) return absent
  switch (compareLimit(limit, tally.executed, '', null)) {
    case 'holds':
      return PASS
    case 'broken':
      return { outcome: 'fail', reasons: [reason('limit_not_met', { actual: tally.executed, unit: 'tests', limit: limit.text })] }
    default:
      return { outcome: 'error', reasons: [reason('unit_mismatch', { unit: 'tests', limit: limit.text })] }
  }
}

function brokenTests(tally: TestTally): Reason[] {
  const { failed, errors, failing, suiteErrors, unfinished, files } = tally
  return [
    ...(failed + errors > 0 ? [reason('tests_failed', { failed, errors, names: failing })] : []),
    ...(suiteErrors > 0 ? [reason('suite_errors', { path: files.join(', '), errors: suiteErrors })] : []),
    ...unfinished.map((path) => reason('run_unfinished', { path })),
  ]
}

function testsAbsent(level: LevelId, tally: TestTally, input: GateInput): Finding | null {
  const gaps = gapsOf('tests', level, input)
  if (gaps.length > 0) return missing(gaps)
  if (tally.executed > 0) return null
  if (tally.skipped > 0) return missing([reason('all_tests_skipped', { path: tally.files.join(', '), skipped: tally.skipped })])
  if (tally.files.length > 0) return missing([reason('zero_tests', { path: tally.files.join(', ') })])
  return missing([notFound('tests', level, `${level} tests`, input)])
}

/** Usable evidence of the kind. Without a level: for any level at or below the gate's. */
export function evidencePresent(check: CheckOf<'evidence'>, place: Place, input: GateInput): Finding {
  const { kind, level, scan } = check
  const gaps = gapsOf(kind, level ?? { upTo: place.level }, input)
  if (gaps.length > 0) return missing(gaps)
  const highest = levelNumber(place.level)
  const found = input.admitted.some((one) => {
    if (one.kind !== kind || !usable(one) || !scans(one, scan)) return false
    return level === null
      ? one.level === null || levelNumber(one.level) <= highest
      : one.level === level || servesLevel(one, level, input)
  })
  if (found) return PASS
  if (scan !== undefined) return missing([reason('scan_missing', { kinds: [scan] })])
  return missing([notFound(kind, level ?? 'component', level === null ? kind : `${level} ${kind}`, input)])
}

/** Names the file that would do, so that a reader knows the next step, and that a missing metric may have the same cause. */
function notFound(kind: Kind, level: LevelId, what: string, input: GateInput): Reason {
  const usual = usualName(kind, level)
  if (usual === null) return reason('evidence_missing', { what, expected: [] })
  const unnamed = isDiscovered(kind, input) ? {} : { unnamed: 'evidence' as const }
  return reason('evidence_missing', { what, expected: [usual], ...unnamed })
}

/** It was admitted, but does it say anything? */
function usable({ facts }: Admitted): boolean {
  if (facts.kind === 'tests') return facts.totals.passed + facts.totals.failed + facts.totals.errors > 0
  if (facts.kind === 'security') return !facts.scanFailed
  return true
}

function scans({ facts }: Admitted, scan: string | undefined): boolean {
  return scan === undefined || (facts.kind === 'security' && facts.scans.some((one) => one === scan))
}

/** Evidence of no level in particular serves the levels whose metrics could be told from it. */
function servesLevel(evidence: Admitted, level: LevelId, { metrics }: GateInput): boolean {
  const rests = metrics.filter((one) => one.level === level && one.state === 'known').flatMap((one) => one.basis)
  return evidence.level === null && rests.some((ref) => ref.path === evidence.ref.path && ref.sha256 === evidence.ref.sha256)
}
