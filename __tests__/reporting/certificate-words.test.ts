// The branch's certificate beside a verdict: whose it is, until when, and never a tick for what is not this commit's or not known.
import { describe, expect, it } from '@jest/globals'
import type { ResultCertificate } from '../../src/model/last-certificate.ts'
import { resultOf } from '../support/result.ts'
import { CERTIFIED } from '../support/scenarios.ts'
import { surfacesOf } from '../support/surfaces.ts'

const SHOWN = ['comment.md', 'summary.md', 'check-summary.md', 'terminal.txt']

function lines(certificate: ResultCertificate | null): string[] {
  const files = surfacesOf(resultOf({ change: (input) => Object.assign(input, { certificate }) }))
  return SHOWN.flatMap((name) => files[name]!.split('\n').filter((line) => /certificate/i.test(line)))
}

describe('every surface says it', () => {
  it.each<[Partial<ResultCertificate>, RegExp]>([
    [{}, /^✓ (?:\*\*Certificate:\*\* )?Level 2 certificate · until 2027-02-24/],
    [{ state: 'conditional' }, /^⚠ .*Level 2 certificate, conditional · until 2027-02-24/],
    [{ state: 'revoked' }, /^✗ .*Level 2 certificate, revoked since 2026-02-24/],
    [{ state: 'expired' }, /^✗ .*Level 2 certificate, expired since 2026-02-24/],
    [{ state: 'superseded' }, /^– .*Level 2 certificate, superseded since 2026-02-24/],
    [
      { state: 'unknown', id: null, commit: null, level: null, since: null, until: null },
      /^\? .*Certificate of `?main`?: status not known/,
    ],
    [{ covers: false }, /^– .*Level 2 certificate · until 2027-02-24 · of `?3f786850e387`? on `?main`?, not of this commit/],
    [{ covers: false, state: 'revoked' }, /^✗ .*revoked since 2026-02-24 · of/],
  ])('%j', (change, text) => {
    const said = lines({ ...CERTIFIED, ...change })
    expect(said).toHaveLength(SHOWN.length)
    for (const line of said) expect(line).toMatch(text)
  })
})

it('nothing is said where none is known', () => {
  expect(lines(null)).toEqual([])
})
