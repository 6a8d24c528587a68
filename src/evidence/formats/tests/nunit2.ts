// NUnit 2's test-results XML, with the dialects of 2.2 to 2.6 and of those who write it for other languages.
import type { TestOutcome } from '../../../model/evidence.ts'
import type { Format } from '../../format.ts'
import { isoOfEpoch } from '../../scan/epoch.ts'
import type { XmlTag } from '../../scan/xml.ts'
import { secondsIn } from './junit-words.ts'
import { type Dialect, NunitReader } from './nunit.ts'

const RESULTS: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['error', 'error'],
  ['ignored', 'skipped'],
  ['skipped', 'skipped'],
  ['notrunnable', 'skipped'],
  ['inconclusive', 'skipped'],
])

const BAD: ReadonlySet<string> = new Set(['failure', 'error', 'cancelled'])

const dialect: Dialect = {
  root: 'test-results',
  statedBy(root) {
    const [notRun, inconclusive] = [root.number('not-run'), root.number('inconclusive')]
    return {
      total: root.number('total'),
      notRun: notRun ?? 0,
      failed: root.number('failures'),
      errors: root.number('errors'),
      skipped: notRun === null ? null : notRun + (inconclusive ?? 0),
    }
  },
  startedAt: (root) => isoOfEpoch(`${root.text('date') ?? ''}T${root.text('time') ?? ''}`),
  outcomeOf(tag) {
    const result = wordOf(tag, 'result')
    // Cancelled, and words that are not NUnit's.
    if (result !== null) return RESULTS.get(result) ?? 'error'
    const executed = wordOf(tag, 'executed')
    if (executed === 'false') return 'skipped'
    const success = wordOf(tag, 'success')
    if (success !== null) return success === 'true' ? 'passed' : 'failed'
    return executed === 'true' ? 'passed' : 'error'
  },
  secondsOf: (tag) => secondsIn(tag.text('time')),
  wentWrong(tag) {
    const result = wordOf(tag, 'result')
    if (result === 'notrunnable') return 'bad if empty'
    const bad = result === null ? wordOf(tag, 'success') === 'false' : BAD.has(result)
    return bad ? 'bad' : 'good'
  },
  isBrokenOff: (tag) => wordOf(tag, 'result') === 'cancelled',
}

/**
 * - Each `test-case` is counted, however deep its suite lies. `result`: Success passes; Failure, Error; Ignored, Skipped,
 *   NotRunnable and Inconclusive are skipped; Cancelled (the run is then unfinished) and unknown words are errors.
 * - Before 2.5 there is no `result`: `executed="False"` is skipped, `success` passes as True alone, and a case that was
 *   executed and says no more passes unless it has a `failure`. One that says nothing at all is an error.
 * - A suite that failed while nothing in it did (a fixture's tear-down: NUnit's own counts are then all 0) is a suite error;
 *   so are failures that only the head counts. Fewer cases than the head counts: unfinished.
 * - The suite is the path of names around a case, from the assembly's; rows of a parameterised test belong to its fixture.
 * - The head's `total` leaves out what was not run; both ways of counting it are taken for agreement.
 */
export const nunit2: Format<'tests'> = {
  id: 'nunit2',
  kind: 'tests',
  title: 'NUnit 2 (XML)',
  producers: ['`nunit-console`', 'NAnt', 'NUnit 3 with `--result=...;format=nunit2`', 'Pester 4 and 5'],
  discovers: ['**/TestResult.xml', '**/nunit*.xml'],
  recognises: ({ xmlRoot }) => xmlRoot === 'test-results',
  read: (source, limits) => new NunitReader(source, limits, dialect).read(),
}

function wordOf(tag: XmlTag, name: string): string | null {
  return tag.text(name)?.trim().toLowerCase() ?? null
}
