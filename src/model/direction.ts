// Which way a limit looks: a floor wants more, a ceiling less.
import type { Direction } from './history.ts'
import type { Limit, Term } from './limit.ts'

/** What all terms of one mode agree on, absolute ones first; null: they do not, or say nothing (`!=`). */
export function limitDirection(limits: readonly Limit[]): Direction | null {
  const terms = limits.flatMap((limit) => limit.terms)
  const absolute = agreed(terms.filter((term) => term.mode === 'absolute'))
  return absolute ?? agreed(terms.filter((term) => term.mode !== 'absolute'))
}

function agreed(terms: readonly Term[]): Direction | null {
  const floors = terms.some((term) => term.op === '>' || term.op === '>=')
  const ceilings = terms.some((term) => term.op === '<' || term.op === '<=')
  if (floors === ceilings) return null
  return floors ? 'higher_is_better' : 'lower_is_better'
}
