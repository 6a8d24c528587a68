// A floor: inflating every entry of a zip that is written as the bench does, one entry after the other.
const { readFileSync } = require('node:fs')
const { inflateRawSync } = require('node:zlib')

const LOCAL = 0x04034b50
const zip = readFileSync(process.argv[2])
for (let at = 0; zip.readUInt32LE(at) === LOCAL; ) {
  const start = at + 30 + zip.readUInt16LE(at + 26)
  at = start + zip.readUInt32LE(at + 18)
  inflateRawSync(zip.subarray(start, at))
}
