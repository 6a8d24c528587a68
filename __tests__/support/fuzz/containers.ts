// What holds reports and comes from other jobs, fuzzed as formats are: evidence bundles and the archives of artifacts.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listArchive, readEntry } from '../../../src/adapters/github/archive.ts'
import { readBundle } from '../../../src/evidence/bundle/read.ts'
import { bundleOf, bundleText } from '../../../src/evidence/bundle/write.ts'
import { FORMATS } from '../../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { collect } from '../collect.ts'
import { bytesOf, type Fixture, fileOf, fixturesOf } from '../fixtures.ts'
import { zip } from '../github/zip.ts'
import { sourceOf } from '../source.ts'
import { unsound } from './sound.ts'
import { CLAIM, type Seed } from './trial.ts'

const MiB = 1024 * 1024
/** Small, so that what is unfolded beyond them is seen. */
const LIMITS = { fileBytes: MiB, totalBytes: 4 * MiB, entries: 50, ratio: DEFAULT_LIMITS.ratio }
const MOST_LINES = 1_000_000

export function containers(only?: string): Seed[] {
  return [
    { format: { id: 'evidence-bundle' }, fixtures: bundles(), read: bundle },
    { format: { id: 'artifact-archive' }, fixtures: archives(), read: archive },
  ].filter(({ format }) => only === undefined || format.id === only)
}

/** A small bundle of the fixtures of each format. */
function bundles(): Fixture[] {
  return FORMATS.map(({ id }) => {
    const asked = fixturesOf(id)
      .filter(({ bytes }) => bytes.length < 5000)
      .map(({ name, bytes }) => ({ file: fileOf(bytes, name), claim: CLAIM, format: id }))
    const { evidence, rejected } = collect(asked, DEFAULT_LIMITS)
    const text = bundleText(bundleOf({ tool: 'certify', commit: null, missing: ['a.xml'], evidence, rejected }, DEFAULT_LIMITS))
    return { name: `${id}.json`, bytes: bytesOf(text) }
  })
}

function archives(): Fixture[] {
  const packed = (ids: string[]) =>
    zip(ids.flatMap((id) => fixturesOf(id).map(({ name, bytes }) => ({ path: name, content: bytes }))))
  return [['junit'], ['lcov', 'sarif'], ['tap']].map((ids) => ({ name: `${ids}.zip`, bytes: new Uint8Array(packed(ids)) }))
}

function bundle(bytes: Uint8Array) {
  return told(bytes, () => {
    const source = sourceOf(bytes, 'certify-evidence.json', 1 << 16)
    const { held } = readBundle(source, { type: 'workspace' }, DEFAULT_LIMITS, { lines: MOST_LINES })
    for (const { evidence, rejected } of held) {
      const wrong = evidence === undefined ? (rejected.reason ? null : 'rejected without a reason') : unsound(evidence.facts)
      if (wrong !== null) return wrong
    }
    return null
  })
}

let place: string | null = null

function archive(bytes: Uint8Array) {
  place ??= join(mkdtempSync(join(tmpdir(), 'certify-fuzz-zip-')), 'a.zip')
  const file = place
  writeFileSync(file, bytes)
  return told(bytes, () => {
    let all = 0
    for (const entry of listArchive(file, LIMITS)) {
      try {
        all += readEntry(file, entry).length
      } catch (error) {
        if (!(error instanceof CertifyError)) throw error
      }
    }
    return all > LIMITS.totalBytes ? `${all} bytes came out` : null
  })
}

function told(bytes: Uint8Array, read: () => string | null) {
  try {
    return { bytes, accepted: true, finding: read() }
  } catch (error) {
    if (error instanceof CertifyError)
      return { bytes, accepted: false, finding: error.message === '' ? 'refused without a word' : null }
    return { bytes, accepted: false, finding: `an exception: ${String((error as Error).stack).slice(0, 400)}` }
  }
}
