// What the heads of JUnit suites state of their cases, the sum of several heads, and whose heads count something else.
import type { TestFacts } from '../../../model/evidence.ts'
import type { XmlTag } from '../../scan/xml.ts'

export interface Declared {
  total: number | null
  failed: number | null
  errors: number | null
  skipped: number | null
}

export function declaredBy(tag: XmlTag): Declared {
  const [skipped, disabled] = [tag.number('skipped') ?? tag.number('skips') ?? tag.number('ignored'), tag.number('disabled')]
  return {
    total: tag.number('tests'),
    failed: tag.number('failures'),
    errors: tag.number('errors'),
    // GoogleTest's head has what is disabled, and leaves out what skipped itself.
    skipped: skipped === null ? null : skipped + (disabled ?? 0),
  }
}

export function sum(a: Declared | null, b: Declared): Declared {
  if (!a) return b
  const add = (x: number | null, y: number | null) => (x === null && y === null ? null : (x ?? 0) + (y ?? 0))
  return {
    total: add(a.total, b.total),
    failed: add(a.failed, b.failed),
    errors: add(a.errors, b.errors),
    skipped: add(a.skipped, b.skipped),
  }
}

/** What the heads of one report state. */
export interface Heads {
  /** Of `testsuites`. */
  root: Declared | null
  /** Of the outermost suites, summed. */
  suites: Declared | null
  /** The outermost suites are pytest's. */
  pytest: boolean
  /** Cases with the word `run` alone, as Catch2 and doctest write them. */
  merelyRun: number
}

/**
 * More than the cases there are, because the head counts no cases: pytest's has subtests and tear-downs in it, Catch2's and
 * doctest's assertions, Newman's runs of scripts (its root has `tests` alone, and its suites' sum is right); libtest's has
 * ignored tests that it does not list.
 */
export function countsNoCases({ root, suites, pytest, merelyRun }: Heads, totals: TestFacts['totals']): boolean {
  const { total } = totals
  const newman = root?.total != null && root.failed === null && root.errors === null && suites?.total === total
  const assertions = root?.total == null && total > 0 && merelyRun === total
  const unlisted = (suites?.skipped ?? 0) - totals.skipped
  return pytest || newman || assertions || (unlisted > 0 && suites?.total === total + unlisted)
}
