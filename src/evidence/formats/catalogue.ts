// What is known of a format before it is loaded, and how it is: by the way in which a file begins.
import type { Kind } from '../../model/facts.ts'
import type { Format, Head } from '../format.ts'
import { CATALOGUE } from './generated/catalogue.ts'
import { POINTED_JSON } from './pointed.ts'

export type Beginning = 'json' | 'text' | 'xml'

/** A format without its reader. `beginning`: of one of the lists that have it. */
export interface NamedFormat extends Pick<Format, 'id' | 'kind' | 'discovers'> {
  readonly beginning: Beginning
}

export function beginningOf({ xmlRoot, jsonRoot }: Pick<Head, 'xmlRoot' | 'jsonRoot'>): Beginning {
  return xmlRoot !== null ? 'xml' : jsonRoot !== null ? 'json' : 'text'
}

/** Every format that can begin so. Most runs have reports of one or two kinds, and all formats are a third of the program. */
export async function loadFormats(beginning: Beginning): Promise<readonly Format[]> {
  switch (beginning) {
    case 'json':
      return Object.values(await import('./json.ts'))
    case 'text':
      return Object.values(await import('./text.ts'))
    case 'xml':
      return Object.values(await import('./xml.ts'))
  }
}

export function namedFormat(id: string): NamedFormat | undefined {
  return CATALOGUE.find((format) => format.id === id)
}

/** Globs by which reports are discovered, each once. */
export function discoveredBy(wanted: (kind: Kind) => boolean): string[] {
  return [...new Set(CATALOGUE.filter(({ kind }) => wanted(kind)).flatMap(({ discovers }) => discovers))]
}

/** Of the list's formats, and of the one that an evidence entry declares itself; null: of none that is known. */
export function kindOfFormat(id: string | null): Kind | null {
  return id === null ? null : id === POINTED_JSON ? 'performance' : (namedFormat(id)?.kind ?? null)
}
