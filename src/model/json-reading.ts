// Where a JSON report that no format knows has its figures, as its evidence entry declares it: JSON pointers (RFC 6901).

export interface PointedValue {
  /** The measurement's name, by which an objective or a metric asks for it. */
  name: string
  pointer: string
  /** null: the value is a plain number. */
  unit: string | null
}

/** Good and total events, or bad and total ones. */
export type PointedEvents = { good: string; total: string } | { bad: string; total: string }

export interface JsonReading {
  values: PointedValue[]
  events: PointedEvents | null
  /** Where it says when it was made; null: it is as old as its file. */
  generatedAt: string | null
  /** Where it says of which commit it is; null: it does not. */
  commit: string | null
}
