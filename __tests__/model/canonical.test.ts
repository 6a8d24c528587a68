import { describe, expect, it } from '@jest/globals'
import canonicalize from 'canonicalize'
import { canonicalJson } from '../../src/model/canonical.ts'
import { SCENARIOS } from '../support/scenarios.ts'

describe('canonicalJson', () => {
  it.each([
    ['keys that look like numbers, in another order than objects keep them', { 10: 1, 9: 2, b: 3, a: 4 }],
    ['keys by UTF-16 units, not by code points', { '\u{1f600}': 1, '\ufb33': 2, '\r': 3, '1': 4, é: 5 }],
    ['numbers', [0, -0, 1e21, 1e-7, 333333333.3333333, 4.5, 2e-3, 0.000001]],
    ['strings', ['\u2028"\\/\b\f\n\r\t\u0000\u001f\u007f', '\u{1f600}']],
    ['what is left out', { a: undefined, b: [undefined, null], c: Symbol('x') }],
    ['values with a form of their own', { at: new Date(0) }],
    ['a key __proto__', JSON.parse('{"__proto__":{"b":1,"a":2}}')],
    ['nothing', undefined],
    ...Object.entries(SCENARIOS).map(([name, make]): [string, unknown] => [`the result of: ${name}`, make()]),
  ])('is what the reference gives: %s', (_, value) => {
    expect(canonicalJson(value)).toBe(canonicalize(value))
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', 'a\udc00', { '\ud800': 1 }])('refuses %p', (value) => {
    expect(() => canonicalJson([value])).toThrow('is not JSON')
  })
})
