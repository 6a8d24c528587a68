// What every message is built with: bounded quotations of text that may be hostile or endless. Nothing is escaped here.
import type { ReasonArgs, ReasonCode } from '../../model/reason.ts'

/** `text`: what is wrong and where. `fix`: the smallest step that helps; null: nothing to do. */
export interface Words {
  text: string
  fix: string | null
}

export type WordsFor<C extends ReasonCode> = { [K in C]: (args: ReasonArgs[K]) => Words }

const QUOTED = 200
const NAMED = 3

export function say(text: string, fix: string | null = null): Words {
  return { text, fix }
}

/** Foreign text on one line, at most `max` characters. */
export function brief(text: string, max = QUOTED): string {
  const line = text
    .slice(0, max * 4)
    .replace(/\s+/g, ' ')
    .trim()
  const points = Array.from(line)
  return points.length > max ? `${points.slice(0, max - 1).join('')}…` : line
}

/** The first few of a list: `a, b, c and 4 more`. `all`: how many there are, where the list itself was cut; `width`: of each at most. */
export function some(list: readonly string[], most = NAMED, { all = list.length, width = 120 } = {}): string {
  const shown = list.slice(0, most).map((item) => brief(item, width))
  const rest = Math.max(all, list.length) - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

/** Alternatives: `a, b or c`. */
export function either(list: readonly string[], most = NAMED): string {
  const shown = list.slice(0, most).map((item) => brief(item, 120))
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** First seven characters of a commit. */
export function shortCommit(commit: string): string {
  return brief(commit, 40).slice(0, 7)
}

/** Limits are written as people write them; make the sentence whole: `> 95 %`, `95 %` -> `>= 95 %`. */
export function bound(limit: string): string {
  const text = brief(limit, 120)
  return /^[<>=!]/.test(text) ? text : `>= ${text}`
}
