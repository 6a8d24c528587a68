// A ledger of many records, made in a moment: as files, and as the history of a branch in a real repository.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { canonical, headOf, headText, seal } from '../../../src/certificate/ledger/seal.ts'
import { EMPTY_HEAD, HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { temporaryFolder } from '../clone.ts'
import { draft, NOW } from './drafts.ts'

export interface Long {
  files: Map<string, string>
  /** head.json after each record. */
  heads: string[]
}

export function longLedger(count: number, dataOf: (seq: number) => unknown): Long {
  const files = new Map<string, string>()
  const heads: string[] = []
  let head = EMPTY_HEAD
  for (let seq = 1; seq <= count; seq++) {
    const record = seal(draft(`n${seq}`, dataOf(seq)), head, new Date(NOW.getTime() + seq * 60_000))
    files.set(recordPath(seq), canonical(record))
    head = headOf(record)
    heads.push(headText(head))
  }
  files.set(HEAD_PATH, headText(head))
  return { files, heads }
}

/** A bare repository whose branch has one commit a record, packed as git packs. */
export function packedRepository({ files, heads }: Long, branch: string): string {
  const root = join(temporaryFolder(), 'ledger.git')
  execFileSync('git', ['init', '-q', '--bare', root])
  const file = (path: string, text: string): string => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`
  const commits = heads.map((head, at) => {
    const message = `record ${at + 1}: evaluation`
    const record = file(recordPath(at + 1), files.get(recordPath(at + 1))!)
    return `commit refs/heads/${branch}\ncommitter t <t@example.org> ${1_790_000_000 + at} +0000\ndata ${message.length}\n${message}\n${record}${file(HEAD_PATH, head)}\n`
  })
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: commits.join(''), maxBuffer: 1 << 26 })
  execFileSync('git', ['repack', '-adfq'], { cwd: root })
  return root
}

/** Bytes of the pack. */
export function packSize(root: string): number {
  const told = execFileSync('git', ['count-objects', '-v'], { cwd: root, encoding: 'utf8' })
  return Number(/^size-pack: (\d+)$/m.exec(told)?.[1]) * 1024
}
