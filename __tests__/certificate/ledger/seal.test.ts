// One link: what a draft becomes at its place, and which bytes are a record.
import { describe, expect, it } from '@jest/globals'
import {
  canonical,
  headText,
  misplaced,
  openHead,
  openRecord,
  seal,
  sealObject,
  sha256,
} from '../../../src/certificate/ledger/seal.ts'
import { EMPTY_HEAD, GENESIS, recordPath, seqOfPath } from '../../../src/model/ledger.ts'
import { draft, NOW } from '../../support/ledger/drafts.ts'

const bytes = (text: string) => Buffer.from(text)
const record = seal(draft('a', { b: 1, a: [1e21, 'é', null] }), EMPTY_HEAD, NOW)
const text = canonical(record)

describe('a record', () => {
  it('says where it stands and what it says, each by a hash that anyone can compute', () => {
    expect(record.header).toMatchObject({ v: 1, seq: 1, prev: GENESIS, at: '2026-11-20T10:00:00.000Z', type: 'evaluation' })
    // By hand: the canonical form of { b: 1, a: [...] } as RFC 8785 has it.
    expect(record.header.data_hash).toBe(sha256('{"a":[1e+21,"é",null],"b":1}'))
    const { actor, at, data_hash, id, prev, repo, run, seq, sha, type, v } = record.header
    expect(record.hash).toBe(
      sha256(
        JSON.stringify({ actor, at, data_hash, id, prev, repo, run, seq, sha, type, v }).replace(
          /"run":\{"id":7,"attempt":1\}/,
          '"run":{"attempt":1,"id":7}',
        ),
      ),
    )
    expect(openRecord(bytes(text))).toEqual({ value: record })
  })

  it('is the same whatever the order in which its data was written', () => {
    expect(seal(draft('a', { a: [1e21, 'é', null], b: 1 }), EMPTY_HEAD, NOW)).toEqual(record)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined])('cannot hold %s', (value) => {
    expect(() => seal(draft('a', null, { data: value }), EMPTY_HEAD, NOW)).toThrow()
  })

  it.each([
    ['a space', text.replace(',', ', ')],
    ['a line break at its end', `${text}\n`],
    ['a byte order mark', `\ufeff${text}`],
    ['another order of keys', JSON.stringify({ hash: record.hash, data: record.data, header: record.header })],
    ['a number spelt differently', text.replace('1e+21', '1e21')],
    ['an escape that is not needed', text.replace('é', '\\u00e9')],
    ['a key twice', text.replace('"b":1', '"b":1,"b":1')],
    ['a key too many', text.replace('{"data"', '{"aaa":1,"data"')],
    ['changed data', text.replace('"b":1', '"b":2')],
    ['a changed header', text.replace('alice', 'mallo')],
    ['a changed hash', text.replace(record.hash, 'a'.repeat(64))],
    ['a type of nobody', canonical({ ...record, header: { ...record.header, type: 'x' } })],
    ['no header', '{"data":1,"hash":"","header":null}'],
    ['no JSON', ''],
    ['a list', '[]'],
  ])('with %s is none', (_, changed) => {
    expect(changed).not.toBe(text)
    // Read after "record 3".
    expect(openRecord(bytes(changed))).toEqual({ problem: expect.stringMatching(/^(?:is|was) /) })
  })

  it('of bytes that are no UTF-8 is none', () => {
    expect(openRecord(Buffer.from([0xff, 0xfe]))).toEqual({ problem: 'is not UTF-8' })
  })

  it('follows one record only', () => {
    const next = seal(draft('b'), { seq: 1, hash: record.hash }, NOW)
    expect(misplaced(next, { seq: 1, hash: record.hash })).toBeNull()
    expect(misplaced(next, { seq: 1, hash: GENESIS })).toMatch(/does not follow record 1/)
    expect(misplaced(next, { seq: 2, hash: record.hash })).toMatch(/number 2/)
  })
})

describe('a head', () => {
  it('is read as it was written', () => {
    const head = { seq: 12, hash: 'b'.repeat(64) }
    expect(openHead(bytes(headText(head)))).toEqual({ value: head })
  })

  it.each([
    '',
    '{}',
    '{"hash":"x","seq":1,"v":1}',
    headText({ seq: 1, hash: GENESIS }).replace('1', '-1'),
    ` ${headText(EMPTY_HEAD)}`,
  ])('is not %j', (written) => {
    expect(openHead(bytes(written))).toEqual({ problem: expect.stringContaining('head.json') })
  })
})

it('an object is named by what is in it', () => {
  const { sha256: hash, path, text: written } = sealObject({ b: 1, a: 2 })
  expect([path, written, hash]).toEqual([`objects/${sha256('{"a":2,"b":1}')}.json`, '{"a":2,"b":1}', sha256(written)])
})

it.each([1, 99, 100, 12_345, 99_999_999, 100_000_000])('record %i has one path', (seq) => {
  expect(seqOfPath(recordPath(seq))).toBe(seq)
})

it.each([
  'records/000000/1.json',
  'records/000001/00000001.json',
  'records/000000/00000001.json.bak',
  'x/records/000000/00000001.json',
])('%s is no path of a record', (path) => {
  expect(seqOfPath(path)).toBeNull()
})
