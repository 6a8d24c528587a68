// Eight characters for what is approved: another one for anything else, and only the right one counts.
import { createHash } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { codeSubject, evidenceCode, quotedIn } from '../../src/gates/evidence-code.ts'
import { SUBJECT } from '../support/approvals.ts'

const codeOf = (subject: typeof SUBJECT) => evidenceCode(createHash('sha256').update(codeSubject(subject)).digest('hex'))

it('has eight characters that nobody mistakes for each other', () => {
  for (let n = 0; n < 500; n++)
    expect(codeOf({ ...SUBJECT, commit: String(n) })).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
})

it.each(['commit', 'evidenceDigest', 'policyDigest'] as const)('is another one for another %s', (key) => {
  expect(codeOf({ ...SUBJECT, [key]: 'other' })).not.toBe(codeOf(SUBJECT))
})

it('uses the whole range: a thousand subjects give a thousand codes', () => {
  expect(new Set(Array.from({ length: 1000 }, (_, n) => codeOf({ ...SUBJECT, commit: String(n) }))).size).toBe(1000)
})

it.each([
  ['7KQ2-9XPA', 'quoted'],
  ['approved, 7kq2-9xpa.', 'quoted'],
  ['first 0000-0001, then 7KQ2-9XPA', 'quoted'],
  ['0000-0001', 'wrong'],
  ['looks good', 'none'],
  ['see 2026-11-22', 'none'],
  ['well-made PASS-FAST', 'none'],
  ['X7KQ2-9XPA', 'none'],
  ['', 'none'],
])('%j quotes: %s', (comment, expected) => {
  expect(quotedIn(comment, '7KQ2-9XPA')).toBe(expected)
})

it('without a digit is quoted like any other', () => {
  expect(quotedIn('fine, abcd-efgh', 'ABCD-EFGH')).toBe('quoted')
})
