// What no target may show: terminal sequences, control characters, and marks that reorder or hide text. Bounded length.

/** Longest piece of foreign text that any surface shows; longer ones are cut with an ellipsis. */
export const LONGEST_TEXT = 2_000

// CSI and OSC sequences with their payload; the bounds keep a hostile unterminated one from costing more than its length.
const ANSI =
  /[\u001b\u009b](?:\[[0-9:;<=>?]{0,40}[ -/]{0,4}[@-~]|\][^\u0007\u001b]{0,400}(?:\u0007|\u001b\\)?|[PX^_][^\u001b]{0,400}\u001b\\|[()#%][0-9A-Za-z]|[@-Z\\^_=>78c])?/g
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u034f|[\u{e0000}-\u{e007f}]/gu
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
/** Anything but visible ASCII, single spaces and the marks of our own sentences: most text has none of it, and is as it will be shown. */
const UNUSUAL = /[^ -~·–…→]| {2}/
const SPACE = /[\s\u0085\u2028\u2029]+/g

/** Foreign text as one line of visible characters, at most `max` of them. */
export function plain(text: string, max = LONGEST_TEXT): string {
  const start = text.length > max * 4 ? text.slice(0, max * 4) : text
  if (!UNUSUAL.test(start)) return clip(start.trim(), max)
  const line = start.replace(LONE_SURROGATE, '\ufffd').replace(ANSI, '').replace(INVISIBLE, '').replace(SPACE, ' ').trim()
  return clip(line, max)
}

/** At most `max` code points, with an ellipsis where something is missing. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  let taken = 0
  let end = 0
  let cut = 0
  for (const character of text) {
    if (taken === max) return `${text.slice(0, cut)}…`
    taken += 1
    if (taken === max) cut = end
    end += character.length
  }
  return text
}
