// The known name a mistyped one was probably meant to be.

/** Longer words are not compared: a name this long is no typo, and the work stays small on hostile input. */
const MAX_LENGTH = 80

/** The nearest of `known` by edit distance (a third of the word at most, case counts little); null where none is near. */
export function nearest(word: string, known: Iterable<string>, most = Math.floor(word.length / 3)): string | null {
  if (word.length === 0 || word.length > MAX_LENGTH) return null
  let best: string | null = null
  let least = Math.max(1, most) + 0.5
  for (const candidate of known) {
    if (candidate.length > MAX_LENGTH || Math.abs(candidate.length - word.length) > least) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase()) + (candidate === word ? 0 : 0.1)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(replaced, row[j]! + 1, next[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
