// Reads a zip by its central directory, within bounds. Nothing is written under a name from the archive.
import { closeSync, createReadStream, createWriteStream, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { CertifyError } from '../../model/problem.ts'

export interface ArchiveLimits {
  /** Bytes of one file, uncompressed. */
  fileBytes: number
  /** Bytes of all files of one archive, uncompressed. */
  totalBytes: number
  entries: number
  /** Uncompressed to compressed bytes. */
  ratio: number
}

export interface Entry {
  path: string
  size: number
  compressed: number
  stored: boolean
  /** Why it cannot be used; null where it can. */
  problem: string | null
  offset: number
  /** Of the content, by the directory. */
  crc: number
  /** As the directory has it, byte for byte. */
  name: Buffer
  /** Where the next entry or the directory begins: it ends before. */
  limit: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const LOCAL_BYTES = 30
const SYMLINK = 0xa000
const REGULAR = 0x8000
const UNIX_TYPE = 0xf000
/** The sizes and the checksum stand behind the content, and in the local header are zeros. */
const SIZES_BEHIND = 8

/** All files of the archive, folders left out. Throws CertifyError (code `archive_refused`) where a bound is crossed or the zip is broken. */
export function listArchive(file: string, limits: ArchiveLimits): Entry[] {
  const fd = openSync(file, 'r')
  try {
    const size = fstatSync(fd).size
    const directory = readDirectory(fd, size, limits)
    const all = parseDirectory(directory.bytes, directory.count)
    apart(all, directory.start)
    const entries = all.filter((e) => !e.path.endsWith('/'))
    const total = entries.reduce((sum, e) => sum + e.size, 0)
    if (total > limits.totalBytes) throw refused(`unpacks to ${total} bytes; at most ${limits.totalBytes} are read`)
    if (total > size * limits.ratio)
      throw refused(`unpacks to ${Math.ceil(total / size)} times its size; at most ${limits.ratio} times is read`)
    if (new Set(entries.map((e) => e.path)).size < entries.length) throw refused('names a file twice')
    return entries
  } finally {
    closeSync(fd)
  }
}

function readDirectory(fd: number, size: number, limits: ArchiveLimits): { bytes: Buffer; count: number; start: number } {
  const tail = slice(fd, Math.max(0, size - END_BYTES - LONGEST_COMMENT), size)
  let at = tail.length - END_BYTES
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1
  if (at < 0) throw refused('is no zip, or its end is missing')
  const count = tail.readUInt16LE(at + 10)
  const length = tail.readUInt32LE(at + 12)
  const start = tail.readUInt32LE(at + 16)
  // 0xffff and 0xffffffff stand for "see the 64-bit record", used only far above every bound here.
  if (count === 0xffff || start === 0xffffffff) throw refused('is in the 64-bit form, for archives larger than are read')
  if (count > limits.entries) throw refused(`has ${count} entries; at most ${limits.entries} are read`)
  if (start + length > size) throw refused('has a directory outside the file')
  return { bytes: slice(fd, start, start + length), count, start }
}

function parseDirectory(bytes: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  let at = 0
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw refused('has a broken directory')
    const flags = bytes.readUInt16LE(at + 8)
    const method = bytes.readUInt16LE(at + 10)
    const nameLength = bytes.readUInt16LE(at + 28)
    const type = (bytes.readUInt32LE(at + 38) >>> 16) & UNIX_TYPE
    const path = bytes.toString('utf8', at + 46, at + 46 + nameLength).replace(/\\/g, '/')
    entries.push({
      path,
      compressed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      stored: method === 0,
      offset: bytes.readUInt32LE(at + 42),
      crc: bytes.readUInt32LE(at + 16),
      name: bytes.subarray(at + 46, at + 46 + nameLength),
      limit: 0,
      problem: problemOf(path, type, flags, method),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

/** Each entry ends before the next one begins, and all before the directory: bytes that belong to two entries unpack without end. */
function apart(entries: readonly Entry[], directory: number): void {
  let limit = directory
  for (const entry of entries.toSorted((a, b) => b.offset - a.offset)) {
    if (entry.offset + LOCAL_BYTES + entry.name.length + entry.compressed > limit) throw refused('has entries that overlap')
    entry.limit = limit
    limit = entry.offset
  }
}

function problemOf(path: string, type: number, flags: number, method: number): string | null {
  if (type === SYMLINK) return 'is a link, and links in archives are not followed'
  if (type !== 0 && type !== REGULAR && !path.endsWith('/')) return 'is a device or the like, and no file'
  if ((flags & 1) !== 0) return 'is encrypted'
  if (method !== 0 && method !== 8) return `is compressed by a method that is not read (${method})`
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.includes('\0') || path.split('/').includes('..'))
    return 'has a path that leads out of the archive'
  return null
}

/** The whole content in memory; for entries of moderate size. */
export function readEntry(file: string, entry: Entry): Buffer {
  const fd = openSync(file, 'r')
  try {
    const block = slice(fd, entry.offset, Math.min(entry.limit, entry.offset + longestHeader(entry) + entry.compressed))
    const start = dataStart(block, entry)
    const data = block.subarray(start, start + entry.compressed)
    const content = entry.stored ? data : inflate(data, entry)
    if (content.length !== entry.size) throw lied(entry)
    if (crc32(content) !== entry.crc) throw damaged()
    return content
  } finally {
    closeSync(fd)
  }
}

/** Writes the content to `target` in pieces; for large entries. */
export async function extractEntry(file: string, entry: Entry, target: string): Promise<void> {
  if (entry.compressed === 0) throw lied(entry)
  const fd = openSync(file, 'r')
  let start: number
  try {
    start = entry.offset + dataStart(slice(fd, entry.offset, Math.min(entry.limit, entry.offset + longestHeader(entry))), entry)
  } finally {
    closeSync(fd)
  }
  let written = 0
  let sum = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length
      sum = crc32(chunk, sum)
      if (written > entry.size) done(lied(entry))
      else done(null, chunk)
    },
  })
  const source = createReadStream(file, { start, end: start + entry.compressed - 1 })
  const unpack = entry.stored ? [] : [createInflateRaw()]
  await pipeline([source, ...unpack, counted, createWriteStream(target, { flags: 'wx', mode: 0o600 })])
  if (written !== entry.size) throw lied(entry)
  if (sum !== entry.crc) throw damaged()
}

/** Where a large entry is unpacked to: numbered, never named by the archive. */
export function spillPath(folder: string, number: number): string {
  return join(folder, `entry-${number}`)
}

/** Bytes before the content at the most: whatever the local header has beside the name. */
function longestHeader(entry: Entry): number {
  return LOCAL_BYTES + entry.name.length + 0xffff
}

/** Where in `block`, which begins with its local header, the content begins. What the header says is what the directory says. */
function dataStart(block: Buffer, entry: Entry): number {
  if (block.length < LOCAL_BYTES || block.readUInt32LE(0) !== LOCAL) throw refused(`has a broken entry (${entry.offset})`)
  const nameEnd = LOCAL_BYTES + block.readUInt16LE(26)
  const behind = (block.readUInt16LE(6) & SIZES_BEHIND) !== 0
  const same =
    block.subarray(LOCAL_BYTES, nameEnd).equals(entry.name) &&
    block.readUInt16LE(8) === (entry.stored ? 0 : 8) &&
    (behind || (block.readUInt32LE(18) === entry.compressed && block.readUInt32LE(22) === entry.size))
  if (!same) throw refused('has an entry that its directory describes otherwise')
  const start = nameEnd + block.readUInt16LE(28)
  if (entry.offset + start + entry.compressed > entry.limit) throw refused('has entries that overlap')
  return start
}

function inflate(data: Buffer, entry: Entry): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, entry.size) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw lied(entry)
    throw refused('has a broken entry')
  }
}

function slice(fd: number, from: number, to: number): Buffer {
  const buffer = Buffer.allocUnsafe(Math.max(0, to - from))
  let filled = 0
  while (filled < buffer.length) {
    const length = readSync(fd, buffer, filled, buffer.length - filled, from + filled)
    if (length === 0) break
    filled += length
  }
  return buffer.subarray(0, filled)
}

function lied(entry: Entry): CertifyError {
  return refused(`has an entry that is not the ${entry.size} bytes it claims to be`)
}

function damaged(): CertifyError {
  return refused('has an entry whose checksum is not that of its content')
}

function refused(why: string): CertifyError {
  return new CertifyError('archive_refused', `the archive ${why}`)
}
