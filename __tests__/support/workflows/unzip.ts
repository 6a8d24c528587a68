// The files of an artifact, for the download action as the tests play it.
import { inflateRawSync } from 'node:zlib'

const CENTRAL = 0x02014b50

/** By path. Only what the tests and the action themselves have packed: no encryption, no 64-bit records. */
export function unzip(blob: Uint8Array): Map<string, Uint8Array> {
  const bytes = Buffer.from(blob)
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  const files = new Map<string, Uint8Array>()
  let at = bytes.readUInt32LE(end + 16)
  while (at < end && bytes.readUInt32LE(at) === CENTRAL) {
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    const path = bytes.toString('utf8', at + 46, at + 46 + name)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20))
    if (!path.endsWith('/')) files.set(path, bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed))
    at += 46 + name + extra + comment
  }
  return files
}
