// Who fills which slot where several people may fill several: the most slots that distinct people can fill (Kuhn's algorithm).

/** `fits[s]`: the people that slot s could take, best first. Returns for each slot its person, or null where it stays open. */
export function matched<P>(fits: readonly (readonly P[])[]): (P | null)[] {
  const slotOf = new Map<P, number>()
  const place = (slot: number, tried: Set<P>): boolean => {
    for (const person of fits[slot]!) {
      if (tried.has(person)) continue
      tried.add(person)
      const held = slotOf.get(person)
      if (held !== undefined && !place(held, tried)) continue
      slotOf.set(person, slot)
      return true
    }
    return false
  }
  for (const slot of fits.keys()) place(slot, new Set())
  const filled: (P | null)[] = fits.map(() => null)
  for (const [person, slot] of slotOf) filled[slot] = person
  return filled
}
