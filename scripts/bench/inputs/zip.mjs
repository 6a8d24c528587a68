// An artifact as upload-artifact makes it: a zip of deflated files, written one after the other.
import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'

/** `files`: pairs of path and content. Returns their bytes, unpacked. */
export function writeZip(file, files) {
  const fd = openSync(file, 'w')
  const directory = []
  let offset = 0
  let count = 0
  let bytes = 0
  const add = (...parts) => {
    for (const part of parts) offset += writeSync(fd, part)
  }
  try {
    for (const [path, content] of files) {
      const name = Buffer.from(path)
      const raw = Buffer.from(content)
      const data = deflateRawSync(raw)
      const sizes = [crc32(raw), data.length, raw.length]
      directory.push(header(CENTRAL, [name.length, sizes, offset]), name)
      add(header(LOCAL, [name.length, sizes]), name, data)
      count += 1
      bytes += raw.length
    }
    const start = offset
    add(...directory)
    add(endRecord(count, start, offset - start))
    return bytes
  } finally {
    closeSync(fd)
  }
}

const LOCAL = { signature: 0x04034b50, length: 30, versions: 4 }
const CENTRAL = { signature: 0x02014b50, length: 46, versions: 6 }

/** Both kinds say the same in the same order; the directory's has one version more before it, and more after it. */
function header({ signature, length, versions }, [nameLength, sizes, offset]) {
  const bytes = Buffer.alloc(length)
  bytes.writeUInt32LE(signature, 0)
  bytes.writeUInt16LE(20, versions)
  bytes.writeUInt16LE(8, versions + 4)
  sizes.forEach((size, at) => {
    bytes.writeUInt32LE(size, versions + 10 + 4 * at)
  })
  bytes.writeUInt16LE(nameLength, versions + 22)
  if (offset !== undefined) bytes.writeUInt32LE(offset, 42)
  return bytes
}

function endRecord(count, start, length) {
  const bytes = Buffer.alloc(22)
  bytes.writeUInt32LE(0x06054b50, 0)
  bytes.writeUInt16LE(count, 8)
  bytes.writeUInt16LE(count, 10)
  bytes.writeUInt32LE(length, 12)
  bytes.writeUInt32LE(start, 16)
  return bytes
}
