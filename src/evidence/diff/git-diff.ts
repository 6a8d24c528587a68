// `git diff -U0` as facts: hostile text all through, read in one pass. What cannot be understood makes the whole diff incomplete.
import type { ChangedFile } from '../../model/diff.ts'
import { LineReader, readHunks } from './hunks.ts'
import { readPath, sidePath } from './quoted-path.ts'

export interface ReadDiff {
  files: ChangedFile[]
  /** Why it is not complete; null: it is. */
  problem: string | null
}

const START = 'diff --git '
const LONGEST_SHOWN = 80

export function readGitDiff(text: string): ReadDiff {
  const lines = new LineReader(text)
  const files: ChangedFile[] = []
  while (!lines.done) {
    const line = lines.peek()
    const file = line.startsWith(START) ? readFile(lines) : null
    if (file === null) return { files: [], problem: `git's diff cannot be read from "${line.slice(0, LONGEST_SHOWN)}" on` }
    files.push(file)
  }
  return { files, problem: null }
}

function readFile(lines: LineReader): ChangedFile | null {
  const head = lines.peek().slice(START.length)
  lines.skip()
  const file: ChangedFile = {
    path: samePath(head) ?? '',
    from: null,
    status: 'modified',
    added: [],
    unread: null,
    generated: null,
  }
  for (; !lines.done && lines.first() !== '@'; lines.skip()) {
    const line = lines.peek()
    if (line.startsWith(START)) break
    if (!readHeader(line, file)) return null
  }
  const hunks = readHunks(lines)
  return file.path === '' || hunks === null ? null : { ...file, added: hunks.added }
}

/** False where git writes no such line. */
function readHeader(line: string, file: ChangedFile): boolean {
  const [, word = '', rest = ''] = HEADER.exec(line) ?? []
  switch (word) {
    case '--- ':
      if (file.status === 'deleted') file.path = sidePath(rest) ?? file.path
      return true
    case '+++ ':
      if (file.status !== 'deleted') file.path = sidePath(rest) ?? file.path
      return true
    case 'rename from ':
    case 'copy from ':
      file.from = readPath(rest)?.path ?? null
      return true
    case 'rename to ':
    case 'copy to ':
      file.path = readPath(rest)?.path ?? ''
      file.status = word === 'copy to ' ? 'copied' : 'renamed'
      return true
    case 'new file mode ':
      file.status = 'added'
      return true
    case 'deleted file mode ':
      file.status = 'deleted'
      return true
    case 'Binary files ':
      file.unread = 'binary'
      return true
    default:
      return word !== ''
  }
}

const HEADER =
  /^(--- |\+\+\+ |rename from |rename to |copy from |copy to |new file mode |deleted file mode |Binary files |old mode |new mode |index |similarity index |dissimilarity index )(.*)$/s

/** `a/X b/X`: all that names a file whose mode alone has changed, a binary or an empty one. null: the two are not the same. */
function samePath(head: string): string | null {
  if (head.startsWith('"')) {
    const first = readPath(head)
    const [before, after] = [sidePath(head), sidePath(head.slice((first?.end ?? 0) + 1))]
    return before === after ? before : null
  }
  const middle = (head.length - 1) / 2
  const [before, after] = [head.slice(0, middle), head.slice(middle + 1)]
  return before.startsWith('a/') && after.startsWith('b/') && before.slice(2) === after.slice(2) ? before.slice(2) : null
}
