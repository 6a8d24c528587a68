// A threshold as data, after parsing: see spec 2.19 for the grammar.

export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!='

export interface Term {
  op: Comparator
  /** In `unit`: the metric's own unit, to which the parser has converted. */
  value: number
  /** The metric's unit; `%` for a relative term. For a limit without a metric unit (objectives): as written, empty where none was. */
  unit: string
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
