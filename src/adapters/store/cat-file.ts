// What `git cat-file --batch` and `git ls-tree -z` print.

export interface Blob {
  type: string
  bytes: Uint8Array
}

/** Answers in the order asked; null: no such object. Throws where the output is not that of `count` answers. */
export function parseBatch(output: Buffer, count: number): (Blob | null)[] {
  const found: (Blob | null)[] = []
  let at = 0
  while (found.length < count) {
    const end = output.indexOf(10, at)
    if (end < 0) throw new Error('git ended early')
    const line = output.toString('latin1', at, end)
    at = end + 1
    const match = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(line)
    if (match === null) {
      if (!line.endsWith(' missing')) throw new Error('git answered something else')
      found.push(null)
      continue
    }
    const size = Number(match[2])
    if (at + size >= output.length) throw new Error('git ended early')
    found.push({ type: match[1]!, bytes: output.subarray(at, at + size) })
    at += size + 1
  }
  return found
}

export interface TreeEntry {
  path: string
  oid: string
  isFile: boolean
}

export function parseTree(output: Buffer): TreeEntry[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t')
      const [mode = '', , oid = ''] = line.slice(0, tab).split(' ')
      return { path: line.slice(tab + 1), oid, isFile: mode.startsWith('100') }
    })
}
