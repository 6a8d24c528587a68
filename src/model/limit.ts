// A threshold as data, after parsing: see spec 2.19 for the grammar.

export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!='

export interface Term {
  op: Comparator
  /** In `unit`, converted to the metric's unit by the parser where it differs. */
  value: number
  /** absolute: compared as it is. relative: percent of the baseline. delta: added to the baseline. */
  mode: 'absolute' | 'relative' | 'delta'
}

/** All terms must hold. `text` is what a person reads, in the user's own units: "> 95 %". */
export interface Limit {
  terms: Term[]
  text: string
  /** default | config file:line | CERTIFICATION_X | input | sentence. */
  origin: string
}
