// A failed test whose report names no line is placed by its trace, as runners of each kind write it, and never outside the repository.
import { describe, expect, it } from '@jest/globals'
import { placeIn, repositoryPath } from '../../src/metrics/trace-place.ts'
import { configOf, measured, testCase, tests } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const TRACES: [string, string, string | null, { path: string; line: number } | null][] = [
  [
    'Jest',
    'Error: expected 1\n    at Object.<anonymous> (node_modules/expect/build/index.js:9:1)\n    at Object.<anonymous> (tests/cart.test.ts:12:7)',
    null,
    { path: 'tests/cart.test.ts', line: 12 },
  ],
  [
    'Vitest in a runner',
    'AssertionError\n ❯ /home/runner/work/shop/shop/tests/cart.test.ts:31:20',
    null,
    { path: 'tests/cart.test.ts', line: 31 },
  ],
  [
    'node --test',
    '    at TestContext.<anonymous> (file:///home/runner/work/shop/shop/test/a.mjs:3:10)',
    null,
    { path: 'test/a.mjs', line: 3 },
  ],
  [
    'Python',
    'Traceback (most recent call last):\n  File "/usr/lib/python3/unittest/case.py", line 59\n  File "tests/test_cart.py", line 8, in test_total',
    null,
    { path: 'tests/test_cart.py', line: 8 },
  ],
  ['pytest', 'tests/test_cart.py:44: AssertionError', null, { path: 'tests/test_cart.py', line: 44 }],
  [
    'Java, which names no folders',
    '\tat org.junit.Assert.fail(Assert.java:89)\n\tat shop.CartTest.total(CartTest.java:27)',
    'src/test/java/shop/CartTest.java',
    { path: 'src/test/java/shop/CartTest.java', line: 27 },
  ],
  ['Java without the file', '\tat shop.CartTest.total(CartTest.java:27)', null, null],
  [
    '.NET on Windows',
    '   at Shop.CartTests.Total() in D:\\a\\shop\\shop\\tests\\CartTests.cs:line 19',
    null,
    { path: 'tests/CartTests.cs', line: 19 },
  ],
  ['Go', '    cart_test.go:14: got 1', 'cart/cart_test.go', { path: 'cart/cart_test.go', line: 14 }],
  ['Rust', 'thread panicked at src/cart.rs:9:5:\nassertion failed', null, { path: 'src/cart.rs', line: 9 }],
  ['RSpec in a container', '# /github/workspace/spec/cart_spec.rb:5:in `block`', null, { path: 'spec/cart_spec.rb', line: 5 }],
  [
    'the test’s own file before a helper',
    'at h (tests/help.ts:3:1)\nat t (tests/a.test.ts:9:2)',
    'tests/a.test.ts',
    { path: 'tests/a.test.ts', line: 9 },
  ],
  [
    'a helper where the test’s file is not in it',
    'at h (tests/help.ts:3:1)',
    'tests/a.test.ts',
    { path: 'tests/help.ts', line: 3 },
  ],
  ['nothing but the runtime', 'at run (node:internal/x:1:1)\nat y (/opt/app/index.js:4:1)', null, null],
  ['no place at all', 'expected 12:30 to be 12:31', null, null],
  ['line 0', 'a/b.ts:0:1', null, null],
]

describe('a trace', () => {
  it.each(TRACES)('of %s', (_, trace, file, place) => expect(placeIn(trace, file)).toEqual(place))

  it('that is endless is looked at at both ends, and does not hang', () => {
    const noise = 'x'.repeat(900)
    const trace = `${`${noise}\n`.repeat(6_000)}at t (tests/a.test.ts:9:2)`
    expect(placeIn(trace, null)).toEqual({ path: 'tests/a.test.ts', line: 9 })
    expect(placeIn(`${'('.repeat(5_000_000)}`, null)).toBeNull()
  })
})

describe('a failed test', () => {
  const part = (change: object) =>
    measured(configOf({ family: 'tests' }), [admitted('junit.xml', 'component', tests([testCase('t', 'failed', change)]))])
      .parts[0]

  it('is at the line its report names, else at its trace’s', () => {
    const trace = 'at t (tests/a.test.ts:9:2)'
    expect(part({ file: 'tests/a.test.ts', line: 4, trace })).toMatchObject({ path: 'tests/a.test.ts', ranges: [[4, 4]] })
    expect(part({ file: 'tests/a.test.ts', trace })).toMatchObject({ path: 'tests/a.test.ts', ranges: [[9, 9]] })
    expect(part({ trace })).toMatchObject({ path: 'tests/a.test.ts', ranges: [[9, 9]] })
    expect(part({})).toMatchObject({ path: null, ranges: [] })
  })

  it('whose file is named from the runner’s root is named from the repository’s', () => {
    expect(part({ file: '/home/runner/work/shop/shop/tests/a.test.ts', line: 4 })).toMatchObject({ path: 'tests/a.test.ts' })
    expect(repositoryPath('/etc/passwd')).toBe('/etc/passwd')
  })

  it('keeps the lines of its message, within what a record keeps of it too', () => {
    const message = `expected\n${'ä'.repeat(3_000)}\nlast`
    const lines = (part({ message }) as { lines: string[] }).lines
    expect(Buffer.byteLength(lines.slice(0, -1).join('\n'))).toBeLessThanOrEqual(1000)
    expect(lines).toEqual([
      'expected',
      expect.stringMatching(/^ä+$/),
      expect.stringContaining('the report of the tests has all of it'),
    ])
    expect(part({ message: 'expected\ngot' })).toMatchObject({ lines: ['expected', 'got'] })
    expect(part({ message: 'expected' })).not.toHaveProperty('lines')
  })
})
