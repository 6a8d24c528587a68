// Fits a report into a surface's limit: whole sections shrink or go, least important first; nothing is cut inside one.

/** Limits as GitHub counts them (github-facts 1.2, 1.4), less room for the line that says what was left out. */
export const COMMENT_CHARACTERS = 65_536
export const CHECK_BYTES = 65_535
export const SUMMARY_BYTES = 1_048_576

const ROOM_FOR_NOTE = 1_200

export interface Section {
  /** What a reader would call it: "the evidence table". */
  name: string
  /** The higher, the longer it stays. */
  keep: number
  /** From full to shortest. An empty text takes no place. A section that may go altogether ends with an empty form. */
  forms: readonly (() => string)[]
}

export interface Budget {
  limit: number
  measure: (text: string) => number
  /** Says what is missing and where it is, from the names of the sections that were shortened. */
  note: (names: readonly string[]) => string
}

export const inBytes = (text: string): number => Buffer.byteLength(text, 'utf8')
/** Characters: code points would be fewer, so UTF-16 units are on the safe side. */
export const inCharacters = (text: string): number => text.length

const BETWEEN = '\n\n'

export function fitWithin(sections: readonly Section[], budget: Budget): string {
  const shown = sections.map((section) => ({ section, form: 0, text: section.forms[0]?.() ?? '' }))
  const sizes = shown.map(({ text }) => budget.measure(text))
  const total = (): number => sizes.reduce((sum, size) => sum + (size === 0 ? 0 : size + BETWEEN.length), 0)
  const shortened = new Set<number>()
  while (total() > budget.limit - ROOM_FOR_NOTE) {
    const next = weakest(shown)
    if (next === -1) break
    const entry = shown[next]!
    entry.form += 1
    entry.text = entry.section.forms[entry.form]!()
    sizes[next] = budget.measure(entry.text)
    shortened.add(next)
  }
  const names = [...shortened].sort((a, b) => a - b).map((index) => shown[index]!.section.name)
  const texts = shown.map(({ text }) => text).concat(names.length > 0 ? budget.note(names) : '')
  return `${texts.filter((text) => text !== '').join(BETWEEN)}\n`
}

/** The least important section that has a shorter form; of equals the last. -1: none. */
function weakest(shown: readonly { section: Section; form: number }[]): number {
  let found = -1
  shown.forEach(({ section, form }, index) => {
    if (form + 1 >= section.forms.length) return
    if (found === -1 || section.keep <= shown[found]!.section.keep) found = index
  })
  return found
}
