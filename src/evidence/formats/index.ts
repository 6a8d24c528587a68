// The formats as a list, by family and name.
import type { Kind } from '../../model/facts.ts'
import type { Format } from '../format.ts'
import * as known from './known.ts'
import { POINTED_JSON } from './performance/json-pointers.ts'

export const FORMATS: readonly Format[] = Object.values(known)

/** Of the list's formats, and of the one that an evidence entry declares itself; null: of none that is known. */
export function kindOfFormat(id: string | null, formats: readonly Format[] = FORMATS): Kind | null {
  return id === POINTED_JSON ? 'performance' : (formats.find((format) => format.id === id)?.kind ?? null)
}
