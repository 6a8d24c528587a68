import { describe, expect, it } from '@jest/globals'
import { cargoBenchText } from '../../../src/evidence/formats/performance/cargo-bench-text.ts'
import { criterionText } from '../../../src/evidence/formats/performance/criterion-text.ts'
import { goBenchText } from '../../../src/evidence/formats/performance/go-bench-text.ts'
import { headOfText } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)

describe('cargo bench', () => {
  const read = (content: string | Uint8Array) => cargoBenchText.read(sourceOf(content, 'bench.txt'), DEFAULT_LIMITS)
  const bench = (name: string, figure: string) => `test ${name} ... bench: ${figure}\n`

  it('reads the time of each benchmark as printed', () => {
    const { facts, problems } = read(fixture('cargo-bench-text/valid.txt'))
    expect(facts).toMatchObject({ errors: 0, samples: null, events: null })
    expect(facts.metrics).toEqual([
      { name: 'benches::total_of_many', value: 21909.53, unit: 'ns/iter' },
      { name: 'benches::total_of_none', value: 0.81, unit: 'ns/iter' },
      { name: 'benches::total_of_three', value: 1.95, unit: 'ns/iter' },
    ])
    expect(problems).toEqual([])
  })

  it('says which failed: it has no figure', () => {
    const result = read(fixture('cargo-bench-text/failing.txt'))
    expect(result.facts).toMatchObject({ errors: 1 })
    expect(result.facts.metrics.map(({ name }) => name)).not.toContain('benches::total_of_none')
    expect(codes(result)).toEqual(['scan_failed'])
  })

  it('reads lines of Criterion in the same output', () => {
    const text = `${bench('a', '  1,234 ns/iter (+/- 5)')}b    time:   [1.0 ns 2.5 µs 3.0 ms]\n`
    expect(cargoBenchText.recognises(headOfText(text), 'x')).toBe(true)
    expect(criterionText.recognises(headOfText(text), 'x')).toBe(false)
    expect(read(text).facts.metrics).toEqual([
      { name: 'a', value: 1234, unit: 'ns/iter' },
      { name: 'b', value: 2.5, unit: 'µs' },
    ])
  })

  it('knows no number of failures where the output has no result, and says where it ends too early', () => {
    expect(read(bench('a', '1 ns/iter')).facts.errors).toBeNull()
    const killed = read(`running 2 tests\n${bench('a', '1 ns/iter')}`)
    expect(killed.facts.errors).toBeNull()
    expect(codes(killed)).toEqual(['truncated'])
  })

  it('says that no benchmark is there', () =>
    expect(codes(read(fixture('cargo-bench-text/empty.txt')))).toEqual(['nothing_measured']))

  it.each(['NaN ns/iter', '-1 ns/iter', '1', '"1" ns/iter', 'ns/iter', '1e5 ns/iter', ''])('refuses the figure %j', (figure) =>
    expect(() => read(bench('a', figure))).toThrow('no time per iteration'),
  )

  it('refuses two benchmarks of one name', () =>
    expect(() => read(bench('a', '1 ns/iter') + bench('a', '2 ns/iter'))).toThrow('two benchmarks are named "a"'))
})

describe('Criterion', () => {
  const read = (content: string | Uint8Array) => criterionText.read(sourceOf(content, 'bench.txt'), DEFAULT_LIMITS)

  it('reads the estimate between its bounds; a long name stands on the line before', () => {
    expect(read(fixture('criterion-text/valid.txt')).facts.metrics).toEqual([
      { name: 'total', value: 2.6669, unit: 'ns' },
      { name: 'the total of a rather long basket', value: 733.06, unit: 'ns' },
      { name: 'baskets/sum/10', value: 3.5749, unit: 'ns' },
      { name: 'baskets/sum/100000', value: 10.706, unit: 'µs' },
    ])
  })

  it('takes a change for no estimate, and a benchmark that panicked for an error', () => {
    const result = read(fixture('criterion-text/failing.txt'))
    expect(result.facts.metrics.map(({ name }) => name)).toEqual([
      'total',
      'the total of a rather long basket',
      'baskets/sum/10',
      'baskets/sum/100000',
    ])
    expect(result.facts.errors).toBe(1)
    expect(codes(result)).toEqual(['scan_failed'])
  })

  it.each(['[1.0 ns 2.0 ns]', '[1.0 ns NaN ns 3.0 ns]', '[1.0 ns 2.0', '[1.0 ns -2.0 ns 3.0 ns]', '["1" ns "2" ns "3" ns]'])(
    'refuses the estimate %s',
    (estimate) => expect(() => read(`a    time:   ${estimate}\n`)).toThrow('no estimate'),
  )

  it('refuses an estimate without a name, and a name that comes twice', () => {
    const estimate = 'time:   [1.0 ns 2.0 ns 3.0 ns]\n'
    expect(() => read(estimate)).toThrow('has no name')
    expect(() => read(`a  ${estimate}a  ${estimate}`)).toThrow('named "a"')
  })
})

describe('go test -bench', () => {
  const read = (content: string | Uint8Array) => goBenchText.read(sourceOf(content, 'bench.txt'), DEFAULT_LIMITS)
  const named = (content: string | Uint8Array) =>
    Object.fromEntries(read(content).facts.metrics.map(({ name, value, unit }) => [name, `${value} ${unit}`]))

  it('takes the median of repeated runs, each figure by its unit', () => {
    const { facts, problems } = read(fixture('go-bench-text/valid.txt'))
    expect(facts).toMatchObject({ samples: 12, errors: 0 })
    expect(problems).toEqual([])
    expect(named(fixture('go-bench-text/valid.txt'))).toEqual({
      BenchmarkTotal: '6.168 ns/op',
      'BenchmarkTotal.B/op': '0 B/op',
      'BenchmarkTotal.allocs/op': '0 allocs/op',
      'BenchmarkBaskets/of-10': '9.823 ns/op',
      'BenchmarkBaskets/of-10.MB/s': '8143.86 MB/s',
      'BenchmarkBaskets/of-10.prices/op': '10 prices/op',
      'BenchmarkBaskets/of-10.B/op': '0 B/op',
      'BenchmarkBaskets/of-10.allocs/op': '0 allocs/op',
      'BenchmarkBaskets/of-1000': '714.3 ns/op',
      'BenchmarkBaskets/of-1000.MB/s': '11199.18 MB/s',
      'BenchmarkBaskets/of-1000.prices/op': '1000 prices/op',
      'BenchmarkBaskets/of-1000.B/op': '0 B/op',
      'BenchmarkBaskets/of-1000.allocs/op': '0 allocs/op',
      BenchmarkBroken: '0.7548 ns/op',
      'BenchmarkBroken.B/op': '0 B/op',
      'BenchmarkBroken.allocs/op': '0 allocs/op',
    })
  })

  it('keeps the number of processors where names would no longer differ', () => {
    expect(named(fixture('go-bench-text/valid-cpu.txt'))).toMatchObject({
      BenchmarkTotal: '2.275 ns/op',
      'BenchmarkTotal-2': '2.348 ns/op',
      'BenchmarkBaskets/of-10': '11.29 ns/op',
      'BenchmarkBaskets/of-1000-2': '530.8 ns/op',
    })
    expect(named('BenchmarkA/of-10 5 1 ns/op\nBenchmarkA/of-20 5 2 ns/op\nPASS\n')).toEqual({
      'BenchmarkA/of-10': '1 ns/op',
      'BenchmarkA/of-20': '2 ns/op',
    })
  })

  it('tells packages apart that share a name', () =>
    expect(named('pkg: a\nBenchmarkX-8 5 1 ns/op\npkg: b\nBenchmarkX-8 5 3 ns/op\nBenchmarkY-8 5 4 ns/op\nok b 1s\n')).toEqual({
      'a.BenchmarkX': '1 ns/op',
      'b.BenchmarkX': '3 ns/op',
      BenchmarkY: '4 ns/op',
    }))

  it('has the mean of the middle two of an even number of runs', () =>
    expect(named('BenchmarkX 5 1 ns/op\nBenchmarkX 5 2 ns/op\nPASS\n')).toEqual({ BenchmarkX: '1.5 ns/op' }))

  it('says what failed, and an output that ends too early', () => {
    const failing = read(fixture('go-bench-text/failing.txt'))
    expect(failing.facts).toMatchObject({ errors: 1, samples: 3 })
    expect(codes(failing)).toEqual(['scan_failed'])
    const cut = read('BenchmarkX-8 5 1 ns/op\n')
    expect(cut.facts.errors).toBeNull()
    expect(codes(cut)).toEqual(['truncated'])
    expect(read('BenchmarkX-8 5 1 ns/op\npanic: no more\n').facts.errors).toBe(1)
  })

  it('passes over names without a result, as -v prints them', () =>
    expect(named('BenchmarkX\nBenchmarkX-8  5  1 ns/op\nPASS\n')).toEqual({ BenchmarkX: '1 ns/op' }))

  it.each([
    ['BenchmarkX-8 5 NaN ns/op', 'no figure'],
    ['BenchmarkX-8 5 -1 ns/op', 'no figure'],
    ['BenchmarkX-8 5 1e999 ns/op', 'no figure'],
    ['BenchmarkX-8 5 1 ns/op 3', 'before a unit'],
  ])('refuses %j', (text, message) => expect(() => read(`${text}\n`)).toThrow(message))
})
