// The units a limit or a report may use, and what they are to one another.

export type Dimension = 'time' | 'bytes' | 'data_rate' | 'requests' | 'operations' | 'files' | 'iops' | 'share' | 'points'

export interface Unit {
  id: string
  dimension: Dimension
  /** Multiplier to the dimension's first unit. */
  factor: number
}

/** The unit of exactly that spelling (units are case-sensitive: Mbps, MB, ms); null where there is none. */
export function unitOf(_name: string): Unit | null {
  return null
}

/** `value` of unit `from` in unit `to`. An empty `to` asks for it as it is. null: not the same kind of quantity, or not known. */
export function convert(value: number, from: string, to: string): number | null {
  return from === to ? value : null
}
