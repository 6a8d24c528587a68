// The workspace as evidence sees it: globs that cannot leave it, files read through one reused buffer.
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Files, Found, FoundFile, Unusable } from '../../app/ports.ts'
import type { Origin } from '../../model/evidence.ts'
import { CertifyError } from '../../model/problem.ts'
import { bytesOf, fileChunks } from './chunks.ts'
import { walk } from './walk.ts'

export interface WorkspaceOptions {
  root: string
  /** Paths git knows, for telling committed files from produced ones; null: not a repository. */
  tracked: () => ReadonlySet<string> | null
  origin?: Origin
}

/** Files below a root folder. Also used for the extracted files of an artifact, with its origin. */
export class Workspace implements Files {
  private readonly root: string
  private readonly tracked: () => ReadonlySet<string> | null
  private readonly origin: Origin
  /** Of the files that a person names, which may lie anywhere. */
  private readonly folders = new Map<string, string>()

  constructor(options: WorkspaceOptions) {
    this.root = realpathSync(resolve(options.root))
    this.tracked = options.tracked
    this.origin = options.origin ?? { type: 'workspace' }
  }

  find(globs: string[], limit: number, whole = false): Found {
    const unusable: Unusable[] = []
    const inside: string[] = []
    for (const glob of globs) {
      const outside = leavesRoot(glob)
      if (outside) unusable.push({ path: glob, origin: this.origin, code: 'outside_workspace', message: outside })
      else inside.push(glob)
    }
    const files: FoundFile[] = []
    const folders = new Map<string, string>()
    const unwalked = whole ? (path: string, why: string) => void unusable.push(this.bad(path, 'unreadable', why)) : null
    for (const path of walk(this.root, inside, limit, unwalked)) {
      const found = this.openInside(path, folders)
      if ('code' in found) unusable.push(found)
      else files.push(found)
    }
    return { files, unusable }
  }

  readText(path: string, maxBytes: number): string | null {
    const full = this.resolveInside(path)
    if (full === null) {
      throw new CertifyError('outside_workspace', `${path} lies outside the workspace`, {
        hint: 'name a file inside the repository',
      })
    }
    return existsSync(full) ? this.text(this.openInside(path), path, maxBytes) : null
  }

  textOf(path: string, maxBytes: number): string | null {
    const found = this.open(path)
    return found === null ? null : this.text(found, path, maxBytes)
  }

  private text(found: FoundFile | Unusable, path: string, maxBytes: number): string {
    if ('code' in found) throw new CertifyError(found.code, `${path}: ${found.message}`)
    if (found.size > maxBytes) {
      throw new CertifyError('too_large', `${path} has ${found.size} bytes; at most ${maxBytes} are read`, {
        hint: 'make the file smaller',
      })
    }
    return bytesOf(found).toString('utf8')
  }

  exists(path: string): boolean {
    const full = this.resolveInside(path)
    return full !== null && existsSync(full)
  }

  open(path: string): FoundFile | Unusable | null {
    try {
      const { real, stat } = realPath(resolve(path), this.folders)
      return this.openReal(real, stat, path)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return code === 'ENOENT' || code === 'ENOTDIR' ? null : this.unreadable(path, error)
    }
  }

  writeNew(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
    const root = resolve(this.root, folder)
    if (existsSync(root) && (!lstatSync(root).isDirectory() || readdirSync(root).length > 0))
      throw new CertifyError('not_empty', `${folder} is there already and not empty`, { hint: 'name a new folder' })
    for (const [path, bytes] of files) {
      if (leavesRoot(path) !== null) throw new CertifyError('outside_workspace', `${path} would lie outside ${folder}`)
      const full = join(root, ...path.split('/'))
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, bytes)
    }
  }

  write(path: string, content: string): void {
    const full = resolve(this.root, path)
    mkdirSync(dirname(full), { recursive: true })
    const temporary = `${full}.${process.pid}.tmp`
    try {
      writeFileSync(temporary, content)
      renameSync(temporary, full)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  }

  private resolveInside(path: string): string | null {
    if (leavesRoot(path)) return null
    return join(this.root, ...path.split('/'))
  }

  /** `folders`: what the folders seen before really are, so that it is asked once for all files in one. */
  private openInside(path: string, folders = new Map<string, string>()): FoundFile | Unusable {
    try {
      const { real, stat } = realPath(join(this.root, ...path.split('/')), folders)
      if (real !== this.root && !real.startsWith(this.root + sep)) {
        return this.bad(path, 'outside_workspace', 'is a link that leads out of the workspace')
      }
      return this.openReal(real, stat, path)
    } catch (error) {
      return this.unreadable(path, error)
    }
  }

  private openReal(real: string, stat: Stats, path: string): FoundFile | Unusable {
    if (stat.isDirectory()) return this.bad(path, 'not_a_file', 'is a directory, not a report')
    if (!stat.isFile()) return this.bad(path, 'not_a_file', 'is not a regular file')
    // A file without read permission is known before it is judged; one that everybody may read is not asked about.
    if ((stat.mode & 0o444) !== 0o444) accessSync(real, constants.R_OK)
    const isTracked = () => this.isTracked(path, real)
    return {
      path,
      origin: this.origin,
      size: stat.size,
      modifiedAt: stat.mtime.toISOString(),
      // Asked of git, and only where somebody wants to know.
      get tracked() {
        return isTracked()
      },
      chunks: () => fileChunks(real, path, stat.size),
    }
  }

  /** By its name or by what it really is: a link, or a link among its folders, does not make a committed file a produced one. */
  private isTracked(path: string, real: string): boolean {
    const tracked = this.tracked()
    return tracked !== null && (tracked.has(path) || tracked.has(relative(this.root, real).split(sep).join('/')))
  }

  private bad(path: string, code: Unusable['code'], message: string): Unusable {
    return { path, origin: this.origin, code, message }
  }

  private unreadable(path: string, error: unknown): Unusable {
    return this.bad(path, 'unreadable', `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`)
  }
}

/** The path with every link followed, and what is there; a file is looked at once, its folder once for all. Throws where it is not there. */
function realPath(full: string, folders: Map<string, string>): { real: string; stat: Stats } {
  const folder = dirname(full)
  const known = folders.get(folder)
  const stat = known === undefined ? null : lstatSync(full)
  if (known !== undefined && stat !== null && !stat.isSymbolicLink()) return { real: join(known, basename(full)), stat }
  if (known === undefined) folders.set(folder, realpathSync.native(folder))
  const real = realpathSync.native(full)
  return { real, stat: lstatSync(real) }
}

/** Why a glob or path cannot be inside the workspace; null where it can. */
function leavesRoot(path: string): string | null {
  if (path.includes('\0')) return 'has a NUL byte in it'
  if (path.includes('\\')) return 'has a backslash in it: write paths with /'
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path))
    return 'is absolute: write it relative to the workspace'
  if (path.split('/').includes('..')) return 'has .. in it: evidence lies inside the workspace'
  return null
}
