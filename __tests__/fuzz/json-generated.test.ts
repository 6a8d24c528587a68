// Our JSON reader against JSON.parse on generated text: it accepts the same but for what it refuses by its page, read whole or in parts.
import { expect, it } from '@jest/globals'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { readJson } from '../../src/evidence/scan/json.ts'
import { readJsonParts } from '../../src/evidence/scan/json-parts.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { mutated, randomFrom } from '../support/fuzz/mutations.ts'
import { sourceOf } from '../support/source.ts'

const RUNS = { seed: 20261126, numRuns: 400 }
/** What JSON.parse takes and we do not. */
const OURS_ALONE = new Set(['json_duplicate_key', 'json_limit', 'bad_number', 'binary', 'empty', 'invalid_encoding'])

function told(read: () => unknown): { value?: unknown; code?: string } {
  try {
    return { value: read() }
  } catch (error) {
    if (error instanceof CertifyError) return { code: error.code }
    if (error instanceof SyntaxError) return { code: 'json' }
    throw error
  }
}

const json = fc.json({ maxDepth: 5, stringUnit: 'binary' })
/** Half of them broken by the mutations of the fuzzer. */
const texts = fc.tuple(json, fc.boolean(), fc.nat()).map(([text, broken, seed]) => {
  const bytes = new TextEncoder().encode(text)
  return broken
    ? mutated(bytes, [bytes, new TextEncoder().encode('{"a":[1,{"b":null}],"c":"\\u00e9"}')], randomFrom(seed))
    : bytes
})

it('accepts what JSON.parse accepts, with the same value, and nothing else', () => {
  const holds = (bytes: Uint8Array) => {
    const ours = told(() => readJson(sourceOf(bytes, 'r', 7), DEFAULT_LIMITS))
    if (ours.code !== undefined && OURS_ALONE.has(ours.code)) return
    const text = new TextDecoder('utf-8').decode(bytes)
    // UTF-16 and a byte order mark are ours to take; JSON.parse knows neither.
    if (text.includes('\0') || text.includes('\ufffd')) return
    const theirs = told(() => JSON.parse(text))
    expect([text, ours.code === undefined]).toEqual([text, theirs.code === undefined])
    expect(ours.value).toEqual(theirs.value)
  }
  fc.assert(fc.property(texts, holds), RUNS)
})

it('reads a list or the entries part by part as it reads them whole', () => {
  const inParts = (bytes: Uint8Array, path: string, large: number) =>
    told(() =>
      readJsonParts(
        sourceOf(bytes, 'r', 11),
        DEFAULT_LIMITS,
        path,
        (rest, each) => {
          const parts: unknown[] = []
          each((part, key, owner) => parts.push([part, key, owner]))
          return { rest, parts }
        },
        large,
      ),
    )
  const holds = (bytes: Uint8Array) => {
    for (const path of ['[]', '{}', 'a[]'])
      expect(inParts(bytes, path, 0)).toEqual(inParts(bytes, path, Number.POSITIVE_INFINITY))
  }
  fc.assert(fc.property(texts, holds), RUNS)
})

it('the canonical form is that of an oracle, and keeps the value', () => {
  const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
  const holds = (one: unknown) => {
    expect(canonicalJson(one)).toBe(canonicalize(one))
    expect(canonicalJson(JSON.parse(canonicalJson(one)!))).toBe(canonicalJson(one))
  }
  fc.assert(fc.property(value, holds), RUNS)
})
