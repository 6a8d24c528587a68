// What the heads of JUnit suites state of their cases, and the sum of several heads.
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
