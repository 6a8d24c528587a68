// Zips made by hand, so that a test can also make what no tool would: links, lies about sizes, climbing paths.
import { crc32, deflateRawSync } from 'node:zlib'

export interface Packed {
  path: string
  content: string | Uint8Array
  /** Unix file type and mode; a symbolic link is 0o120777. */
  mode?: number
  /** Written into the directory instead of the true size. */
  claimedSize?: number
  flags?: number
  /** Written into the directory instead of the true checksum. */
  claimedSum?: number
  /** Written into the local header instead of what the directory has. */
  local?: { path?: string; size?: number }
  /** The directory points to the bytes of the entry of this index instead of its own. */
  bytesOf?: number
}

/** A zip of deflated entries. */
export function zip(files: Packed[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  const offsets: number[] = []
  for (const { path, content, mode = 0o100644, claimedSize, flags = 0, claimedSum, local: lie, bytesOf } of files) {
    offsets.push(offset)
    const raw = Buffer.from(content)
    const data = deflateRawSync(raw)
    const name = Buffer.from(path)
    const localName = Buffer.from(lie?.path ?? path)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt32LE(crc32(raw), 14)
    local.writeUInt32LE(lie?.size ?? claimedSize ?? raw.length, 22)
    local.writeUInt16LE(localName.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(claimedSum ?? crc32(raw), 16)
    central.writeUInt32LE(data.length, 20)
    central.writeUInt32LE(claimedSize ?? raw.length, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(offsets[bytesOf ?? offsets.length - 1]!, 42)
    parts.push(local, localName, data)
    directory.push(central, name)
    offset += local.length + localName.length + data.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}

/** Small as an archive, `megabytes` when unpacked. */
export function bomb(megabytes: number): Buffer {
  return zip([{ path: 'coverage.xml', content: Buffer.alloc(megabytes * 1024 * 1024) }])
}
