// Foreign text for XML: visible characters only, none of which can open or close anything.
import { plain } from './plain.ts'

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Safe as an element's text and in an attribute between quotes. One line, at most `max` characters. */
export function escapeXml(text: string, max?: number): string {
  return plain(text, max).replace(/[&<>"']/g, (character) => NAMES[character]!)
}
