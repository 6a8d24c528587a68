// Reading below a ledger's folder: regular files only, no link followed, nothing outside.
import type * as fs from 'node:fs'
import { join } from 'node:path'
import { codeOf, failure } from './trouble.ts'

export type FileSystem = { -readonly [name in keyof typeof fs]: (typeof fs)[name] }

/** No record comes near it; what is larger was not written by us. */
const MAX_BYTES = 64 * 1024 * 1024

/** null: there is no such file. Throws Node's errors: ELOOP for a link, EISDIR for a folder, ENOTDIR for a file among its folders. */
export function readRegular(io: FileSystem, root: string, path: string): Uint8Array | null {
  const parts = path.split('/')
  // A path may be made from what a record says: one that could lead elsewhere names no file of a ledger.
  if (parts.some((part) => part === '' || part.startsWith('.') || /[\\\0]/.test(part))) return null
  try {
    for (let at = 1; at < parts.length; at++) folderAt(io, join(root, ...parts.slice(0, at)))
    return readFile(io, join(root, ...parts))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** Paths of all files below `root` but those with a dot at their beginning (temporary files, the lock). */
export function walkRegular(io: FileSystem, root: string): string[] {
  const found: string[] = []
  const enter = (folder: string): void => {
    const entries = io.readdirSync(join(root, folder), { withFileTypes: true })
    for (const entry of [...entries.filter(isRecords), ...entries.filter((one) => !isRecords(one))]) {
      if (folder === '' && entry.name.startsWith('.')) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) enter(path)
      else found.push(path)
    }
  }
  // What is named by records is there before they are: looked for after them, it is found.
  const isRecords = ({ name }: { name: string }): boolean => name === 'records'
  enter('')
  return found.sort()
}

export function readFile(io: FileSystem, file: string): Uint8Array {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = io.constants
  const fd = io.openSync(file, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0))
  try {
    const stat = io.fstatSync(fd)
    if (stat.isDirectory()) throw failure('EISDIR')
    if (!stat.isFile()) throw failure('EINVAL')
    if (stat.size > MAX_BYTES) throw failure('EFBIG')
    return io.readFileSync(fd)
  } finally {
    io.closeSync(fd)
  }
}

function folderAt(io: FileSystem, folder: string): void {
  const stat = io.lstatSync(folder)
  if (stat.isSymbolicLink()) throw failure('ELOOP')
  if (!stat.isDirectory()) throw failure('ENOTDIR')
}
