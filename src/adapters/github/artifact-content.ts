// One downloaded artifact: the files in it that globs select, read from the zip only when somebody asks for their bytes.
import { closeSync, mkdtempSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import picomatch from 'picomatch'
import type { Found, FoundFile, Unusable } from '../../app/ports.ts'
import type { Origin } from '../../model/evidence.ts'
import { CertifyError } from '../../model/problem.ts'
import { type ArchiveLimits, type Entry, extractEntry, listArchive, readEntry, spillPath } from './archive.ts'

/** Entries up to this size are unpacked in memory when read, larger ones to a file. */
const IN_MEMORY = 32 * 1024 * 1024
const CHUNK = 1024 * 1024

export interface Download {
  /** Holds the one downloaded file and nothing else. */
  folder: string
  origin: Origin
  createdAt: string | null
  limits: ArchiveLimits
}

export interface Content {
  select(globs: string[]): Promise<Found>
}

/** A new folder that nobody else writes to, below the runner's temporary one. */
export function freshFolder(runnerTemp: string | undefined): string {
  return mkdtempSync(join(runnerTemp || tmpdir(), 'certify-artifact-'))
}

/** Throws CertifyError where the archive is refused. A file uploaded without a zip around it is one file. */
export function openDownload(download: Download): Content {
  const [name, ...more] = readdirSync(download.folder)
  if (name === undefined || more.length > 0) throw new CertifyError('archive_refused', 'the download is not one file')
  const file = join(download.folder, name)
  const entries = isZip(file) ? listArchive(file, download.limits) : null
  return {
    select: async (globs) => {
      const found: Found = { files: [], unusable: [] }
      const matches = globs.map((glob) => picomatch(glob.replace(/^\.\//, ''), { dot: true }))
      const wanted = (path: string): boolean => matches.some((match) => match(path))
      if (entries === null) {
        if (wanted(name)) add(found, rawFile(download, file, name))
        return found
      }
      for (const [index, entry] of entries.entries())
        if (wanted(entry.path)) add(found, await packedFile(download, file, entry, index))
      return found
    },
  }
}

function add(found: Found, item: FoundFile | Unusable): void {
  if ('code' in item) found.unusable.push(item)
  else found.files.push(item)
}

function rawFile({ origin, createdAt, limits }: Download, file: string, path: string): FoundFile | Unusable {
  const { size } = statSync(file)
  if (size > limits.fileBytes) return tooLarge(path, origin, size, limits)
  return { path, origin, size, modifiedAt: createdAt, tracked: false, chunks: () => fileChunks(file) }
}

async function packedFile(download: Download, file: string, entry: Entry, index: number): Promise<FoundFile | Unusable> {
  const { origin, createdAt, limits, folder } = download
  const { path, size } = entry
  if (entry.problem !== null) return { path, origin, code: 'archive_refused', message: entry.problem }
  if (size > limits.fileBytes) return tooLarge(path, origin, size, limits)
  const found = { path, origin, size, modifiedAt: createdAt, tracked: false }
  if (size <= IN_MEMORY) return { ...found, chunks: () => memoryChunks(file, entry) }
  const spilled = spillPath(folder, index)
  try {
    if (statSync(spilled, { throwIfNoEntry: false }) === undefined) await extractEntry(file, entry, spilled)
  } catch (error) {
    return {
      path,
      origin,
      code: 'archive_refused',
      message: error instanceof CertifyError ? error.message : 'the archive has a broken entry',
    }
  }
  return { ...found, chunks: () => fileChunks(spilled) }
}

function tooLarge(path: string, origin: Origin, size: number, limits: ArchiveLimits): Unusable {
  return { path, origin, code: 'too_large', message: `has ${size} bytes; at most ${limits.fileBytes} are read` }
}

function isZip(file: string): boolean {
  const fd = openSync(file, 'r')
  try {
    const head = Buffer.alloc(4)
    readSync(fd, head, 0, 4, 0)
    // A local header, or the end record of an empty archive.
    return head.equals(Buffer.from([0x50, 0x4b, 3, 4])) || head.equals(Buffer.from([0x50, 0x4b, 5, 6]))
  } finally {
    closeSync(fd)
  }
}

function* memoryChunks(file: string, entry: Entry): Iterable<Uint8Array> {
  const content = readEntry(file, entry)
  for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK)
}

function* fileChunks(file: string): Iterable<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK)
  const fd = openSync(file, 'r')
  try {
    for (;;) {
      const length = readSync(fd, buffer, 0, CHUNK, null)
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } finally {
    closeSync(fd)
  }
}
