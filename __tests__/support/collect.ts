// Collecting without waiting for anything: all formats are loaded, and a file gets those that can begin as it does.
import { type Asked, type Collected, collecting } from '../../src/evidence/collect.ts'
import type { Format, Limits } from '../../src/evidence/format.ts'
import type { Beginning } from '../../src/evidence/formats/catalogue.ts'
import * as json from '../../src/evidence/formats/json.ts'
import * as text from '../../src/evidence/formats/text.ts'
import * as xml from '../../src/evidence/formats/xml.ts'

export const BY_BEGINNING: Record<Beginning, readonly Format[]> = {
  json: Object.values(json),
  text: Object.values(text),
  xml: Object.values(xml),
}

/** `formats`: those that are known, however the file begins. */
export function collect(files: readonly Asked[], limits: Limits, formats?: readonly Format[]): Collected {
  const work = collecting(files, limits)
  let step = work.next()
  while (!step.done) step = work.next(formats ?? BY_BEGINNING[step.value])
  return step.value
}
