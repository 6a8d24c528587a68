// Writing below a ledger's folder: each file whole, on the disk, and under its name only if that name is free.
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { FileSystem } from './regular.ts'
import { codeOf, failure } from './trouble.ts'

/** File systems without hard links say one of these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']

/** Texts written aside, each then given its name in one step. `dispose` removes what was given none. */
export class Staged {
  private readonly aside: string[] = []

  constructor(
    private readonly io: FileSystem,
    private readonly root: string,
  ) {}

  write(text: string): string {
    const file = join(this.root, `.tmp-${randomUUID()}`)
    this.aside.push(file)
    writeWhole(this.io, file, text)
    return file
  }

  /** False: the name is taken, and what is there stays. */
  name(file: string, path: string, text: string): boolean {
    const target = join(this.root, path)
    folderFor(this.io, this.root, path)
    try {
      this.io.linkSync(file, target)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      if (!NO_LINKS.includes(codeOf(error))) throw error
      if (!writeExclusive(this.io, target, text)) return false
    }
    syncFolder(this.io, dirname(target))
    return true
  }

  replace(file: string, path: string): void {
    const target = join(this.root, path)
    folderFor(this.io, this.root, path)
    this.io.renameSync(file, target)
    syncFolder(this.io, dirname(target))
  }

  dispose(): void {
    for (const file of this.aside) {
      try {
        this.io.rmSync(file, { force: true })
      } catch {
        // A file that nobody reads is left.
      }
    }
  }
}

function writeExclusive(io: FileSystem, target: string, text: string): boolean {
  try {
    writeWhole(io, target, text)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Creates the file; whatever fails after that takes it away again. */
function writeWhole(io: FileSystem, file: string, text: string): void {
  const fd = io.openSync(file, 'wx')
  try {
    io.writeFileSync(fd, text)
    io.fsyncSync(fd)
  } catch (error) {
    io.rmSync(file, { force: true })
    throw error
  } finally {
    io.closeSync(fd)
  }
}

function folderFor(io: FileSystem, root: string, path: string): void {
  let folder = root
  for (const part of path.split('/').slice(0, -1)) {
    const parent = folder
    folder = join(folder, part)
    try {
      io.mkdirSync(folder)
      syncFolder(io, parent)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const stat = io.lstatSync(folder)
      if (!stat.isDirectory()) throw failure(stat.isSymbolicLink() ? 'ELOOP' : 'ENOTDIR')
    }
  }
}

/** So that a name outlives a power cut. Not every system can; the file itself is safe then, and the next append finds out. */
function syncFolder(io: FileSystem, folder: string): void {
  let fd: number | null = null
  try {
    fd = io.openSync(folder, 'r')
    io.fsyncSync(fd)
  } catch {
    // Windows opens no folders.
  } finally {
    if (fd !== null) io.closeSync(fd)
  }
}
