// Records that follow the one head.json names: what a writer left that ended between the two.
import { recordPath } from '../../model/ledger.ts'

/** Few: nearly always there are none, and a store that asks over the network asks for all of them at once. */
const WINDOW = 8

type Read = (paths: readonly string[]) => Promise<(Uint8Array | null)[]>

/** Reads the last named record too, in the same request: whoever asks where a ledger ends reads it next. */
export async function following(head: Uint8Array, read: Read): Promise<Uint8Array[]> {
  const last = lastNamed(head)
  if (last === null) return []
  const found: Uint8Array[] = []
  for (let first = last; ; first += WINDOW) {
    const files = await read(Array.from({ length: WINDOW }, (_, at) => recordPath(first + at)))
    for (const bytes of first === last ? files.slice(1) : files) {
      if (bytes === null) return found
      found.push(bytes)
    }
  }
}

/** null: head.json does not say; whoever opens it finds out why. */
export function lastNamed(head: Uint8Array): number | null {
  try {
    const { seq } = JSON.parse(new TextDecoder().decode(head)) as { seq?: unknown }
    return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0 ? seq : null
  } catch {
    return null
  }
}
