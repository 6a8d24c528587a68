// The dialects of JUnit XML: element names of results, words of status attributes, times and lines as runners write them.
import type { TestCase, TestOutcome } from '../../../model/evidence.ts'
import type { XmlTag } from '../../scan/xml.ts'

/** What a child of a test case says. Surefire adds the runs before the last one as flaky... (it passed then) and rerun... */
export const RESULTS: ReadonlyMap<string, TestOutcome | 'flaky' | 'rerun'> = new Map<string, TestOutcome | 'flaky' | 'rerun'>([
  ['failure', 'failed'],
  ['error', 'error'],
  ['skipped', 'skipped'],
  ['ignored', 'skipped'],
  ['disabled', 'skipped'],
  ['flakyFailure', 'flaky'],
  ['flakyError', 'flaky'],
  ['rerunFailure', 'rerun'],
  ['rerunError', 'rerun'],
])

/** Properties that name the commit a run was made for. Only full hashes are taken. */
export const COMMIT_PROPERTIES: ReadonlySet<string> = new Set([
  'commit',
  'commit_sha',
  'commit.sha',
  'commit_id',
  'git.commit',
  'git.commit.id',
  'git.sha',
  'git_commit',
  'git_sha',
  'github_sha',
  'github.sha',
  'ci_commit_sha',
  'revision',
  'vcs.revision',
])

const STATUS: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['fail', 'failed'],
  ['error', 'error'],
  ['errored', 'error'],
  ['skipped', 'skipped'],
  ['disabled', 'skipped'],
  ['ignored', 'skipped'],
  ['pending', 'skipped'],
  ['notrun', 'skipped'],
  ['suppressed', 'skipped'],
  ['notexecuted', 'skipped'],
])

/** GoogleTest, CTest and others say by attribute what others say by child: no child then does not mean passed. */
export function statusOf(tag: XmlTag): TestOutcome {
  return outcomeOf(tag.text('status')) ?? outcomeOf(tag.text('result')) ?? 'passed'
}

function outcomeOf(word: string | null): TestOutcome | undefined {
  return word === null ? undefined : STATUS.get(word.toLowerCase().replace(/[ _-]/g, ''))
}

/** Seconds; thousands separators and decimal commas are those of the machine's language. null: none, or negative. */
export function secondsIn(text: string | null): number | null {
  let plain = text?.trim() ?? ''
  if (plain.includes(',')) plain = plain.includes('.') ? plain.replaceAll(',', '') : plain.replace(',', '.')
  if (!/^\d{1,15}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?$/i.test(plain)) return null
  return Number(plain)
}

/** What CTest writes as skipped, but counts among what failed: the test could not be run. */
const NOT_RUN: ReadonlySet<string> = new Set([
  'Unable to find executable',
  'Required Files Missing',
  'Fixture dependency failed',
  'Missing Configuration',
  'Failed to start',
  'Insufficient resources',
  'Invalid resource spec file',
])

/** The outcome that a result element stands for, in the words of its tool. */
export function resultOf(tag: XmlTag): TestOutcome | 'flaky' | 'rerun' | 'may fail' {
  const outcome = RESULTS.get(tag.name)!
  if (outcome !== 'skipped') return outcome
  const message = tag.text('message') ?? ''
  if (NOT_RUN.has(message) || message.startsWith('Failed to change working directory')) return 'error'
  // node and Catch2 list the failures of such a case all the same.
  return tag.text('type') === 'todo' || message === 'TEST_CASE tagged with !mayfail' ? 'may fail' : 'skipped'
}

/** unittest-xml-reporting puts the time of the run behind the name: the suite would be another one each time. */
export function suiteNameOf(tag: XmlTag): string {
  return (tag.text('name') ?? '').replace(/-20\d{12}$/, '')
}

/** GoogleTest leaves out why a suite could not be set up: its tests are skipped, and have no beginning. */
export function neverBegan(tag: XmlTag): boolean {
  return (
    tag.text('status') === 'run' && tag.text('result') === 'skipped' && (tag.text('timestamp') ?? '').startsWith('1970-01-01T')
  )
}

/** pytest-rerunfailures: a case that says nothing, and right after it the same test again. pytest gives no name twice otherwise. */
export function isAttempt(before: TestCase, test: TestCase): boolean {
  return before.outcome === 'passed' && before.name === test.name && before.classname === test.classname
}

/** The first line that says something: PHPUnit begins with the test's name, Catch2 with a word. */
export function firstSaid(text: string | null, { classname, name }: TestCase): string | null {
  const lines = text?.trim().split('\n', 3) ?? []
  const said = lines.find((line) => line.trim() !== 'FAILED:' && !line.startsWith(`${classname}::${name}`)) ?? lines[0]
  return said?.trim() || null
}

export function lineOf(tag: XmlTag, name = 'line'): number | null {
  const line = tag.number(name) ?? tag.number('lineno')
  return line !== null && Number.isInteger(line) && line > 0 ? line : null
}
