// Ranges of lines as a person reads them.

/** `line 16`, `lines 12-15, 88-92, …`; empty where there are none. */
export function linesOf(ranges: readonly (readonly [number, number])[], most: number): string {
  if (ranges.length === 0) return ''
  const shown = ranges.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  const one = ranges.length === 1 && ranges[0]![0] === ranges[0]![1]
  return `${one ? 'line' : 'lines'} ${shown.join(', ')}${ranges.length > most ? ', …' : ''}`
}
