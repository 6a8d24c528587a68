// Which format a file is in: told by its content, claimed by exactly one format or by none.
import type { ByteSource, Format, Head } from './format.ts'
import { HEAD_BYTES } from './limits.ts'
import { jsonShape, xmlShape } from './scan/head.ts'
import { decodeStart, firstBytes } from './scan/text.ts'

/** The beginning of a file, decoded and looked at once for all formats. */
export function headOf(source: ByteSource): Head {
  return headOfText(decodeStart(firstBytes(source, HEAD_BYTES)))
}

/** As headOf, for text already decoded (tests, and readers of text in an archive). */
export function headOfText(text: string): Head {
  const xml = xmlShape(text)
  const json = xml ? null : jsonShape(text)
  return {
    text,
    xmlRoot: xml?.root ?? null,
    xmlNames: xml?.names ?? new Set(),
    jsonKeys: json?.keys ?? null,
    jsonRoot: json?.root ?? null,
  }
}

export type Identified = { format: Format } | { format: null; claimedBy: string[] }

/** `claimedBy` is empty where no format knows the file, and names the formats, by name, where more than one does. */
export function identify(head: Head, path: string, formats: readonly Format[]): Identified {
  const claims = formats.filter((format) => format.recognises(head, path))
  const [only] = claims
  return only && claims.length === 1 ? { format: only } : { format: null, claimedBy: claims.map((format) => format.id).sort() }
}
