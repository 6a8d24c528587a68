// NUnit 3's test-run XML, as its console, the .NET logger and Unity write it.
import type { TestOutcome } from '../../../model/evidence.ts'
import type { Format } from '../../format.ts'
import { earliest, isoOfEpoch } from '../../scan/epoch.ts'
import type { XmlTag } from '../../scan/xml.ts'
import { secondsIn } from './junit-words.ts'
import { type Dialect, NunitReader } from './nunit.ts'

const RESULTS: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['passed', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['inconclusive', 'skipped'],
])

/** Labels of a failed result that say it was no assertion that failed. */
const ERRORS: ReadonlySet<string> = new Set(['error', 'cancelled'])

const dialect: Dialect = {
  root: 'test-run',
  statedBy(root) {
    const [skipped, inconclusive] = [root.number('skipped'), root.number('inconclusive')]
    return {
      total: root.number('total'),
      notRun: 0,
      failed: root.number('failed'),
      errors: null,
      skipped: skipped === null ? null : skipped + (inconclusive ?? 0),
    }
  },
  startedAt(root) {
    const start = root.text('start-time') ?? ''
    // Early versions have the day apart; later ones write a space where ISO has a T.
    const day = root.text('run-date')
    return earliest([isoOfEpoch(start.trim().replace(' ', 'T')), day === null ? null : isoOfEpoch(`${day}T${start}`)])
  },
  outcomeOf(tag) {
    const outcome = RESULTS.get(wordOf(tag, 'result')) ?? 'error'
    return outcome === 'failed' && ERRORS.has(wordOf(tag, 'label')) ? 'error' : outcome
  },
  secondsOf: (tag) => secondsIn(tag.text('duration') ?? tag.text('time')),
  wentWrong(tag) {
    const result = wordOf(tag, 'result')
    if (result === 'skipped' && wordOf(tag, 'label') === 'invalid') return 'bad if empty'
    return result === 'failed' ? 'bad' : 'good'
  },
  isBrokenOff: (tag) => wordOf(tag, 'label') === 'cancelled',
}

/**
 * - Each `test-case` is counted. Passed and Warning pass; Failed is failed, with the label Error or Cancelled an error (the
 *   run is then unfinished); Skipped (Ignored, Explicit, Invalid) and Inconclusive are skipped; any other word is an error.
 * - NUnit's own `failed` holds the errors; it is compared with both together.
 * - A suite that failed while nothing in it did (one-time set-up or tear-down, an assembly that could not be loaded), or a
 *   failed run with no failed suite, is a suite error. Fewer cases than `total`: unfinished.
 * - The suite is the path of names around a case, from the assembly's; file and line from the first frame of the stack trace
 *   that has them. Messages of single assertions within a case are not read again.
 */
export const nunit3: Format<'tests'> = {
  id: 'nunit3',
  kind: 'tests',
  title: 'NUnit 3 (XML)',
  producers: ['`nunit3-console`', '`dotnet test --logger nunit`', 'Unity Test Runner', 'Pester 5 (NUnit3)'],
  discovers: ['**/TestResult.xml', '**/TestResults.xml', '**/nunit*.xml'],
  recognises: ({ xmlRoot }) => xmlRoot === 'test-run',
  read: (source, limits) => new NunitReader(source, limits, dialect).read(),
}

function wordOf(tag: XmlTag, name: string): string {
  return (tag.text(name) ?? '').trim().toLowerCase()
}
