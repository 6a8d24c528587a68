// What to do about a criterion that is short. Following its steps to the letter makes it pass, and none of their items can be left out.

export interface StepItem {
  /** A file, test, finding, objective, item or rule. Hostile text. */
  name: string
  path: string | null
  /** Lines from..to, inclusive. */
  ranges: [number, number][]
  /** So many of the `of` that are open there; of a file its uncovered lines, of anything else 1 of 1. */
  count: number
  of: number
}

export interface Step {
  kind: 'cover' | 'pass' | 'remove' | 'meet' | 'complete' | 'supply' | 'other'
  /** One line, with its numbers. Hostile text. */
  text: string
  items: StepItem[]
  /** As many again are needed as `items` could not name; 0: they are all there is to do. */
  more: number
}
