import { describe, expect, it } from '@jest/globals'
import { contradiction, parseLimit, strictness } from '../../src/config/threshold.ts'
import type { Limit } from '../../src/model/limit.ts'
import { convert, UNITS } from '../../src/model/units.ts'

function limit(raw: string | number, unit = '%'): Limit {
  const parsed = parseLimit(raw, unit, 'test')
  if ('problem' in parsed) throw new Error(`${raw}: ${parsed.problem}`)
  return parsed.limit
}

function refused(raw: string | number, unit = '%'): string {
  const parsed = parseLimit(raw, unit, 'test')
  if (!('problem' in parsed)) throw new Error(`${raw} was taken as ${parsed.limit.text}`)
  return `${parsed.problem} / ${parsed.hint ?? ''}`
}

describe('parseLimit', () => {
  it.each([
    [95, '%', '>= 95 %'],
    ['95', '%', '>= 95 %'],
    [0, '%', '>= 0 %'],
    [100, '%', '>= 100 %'],
    [99.9, '%', '>= 99.9 %'],
    ['> 95%', '%', '> 95 %'],
    ['>95', '%', '> 95 %'],
    ['  >=\t95 %  ', '%', '>= 95 %'],
    ['= 100%', '%', '== 100 %'],
    ['=== 100%', '%', '== 100 %'],
    ['!= 50%', '%', '!= 50 %'],
    ['> 0.5%', '%', '> 0.5 %'],
    ['< 200ms', 'ms', '< 200 ms'],
    ['< 0.2 s', 'ms', '< 0.2 s'],
    ['<= +10%', 'ms', '<= +10 %'],
    ['>= -0.5pp', '%', '>= -0.5 pp'],
    ['<= +5 ms', 's', '<= +5 ms'],
    ['> 95 and < 99', '%', '> 95 % and < 99 %'],
    ['>95&&<99', '%', '> 95 % and < 99 %'],
    ['> 95% AND < 99%', '%', '> 95 % and < 99 %'],
    ['> 1000req/s', '', '> 1000 req/s'],
    ['> 5', '', '> 5'],
    ['< 250%', '', '< 250 %'],
    ['> 7 points', 'points', '> 7 points'],
    ['< 1e3', 'ms', '< 1000 ms'],
  ])('%p in %p reads "%s", and reads the same again', (raw, unit, text) => {
    const first = limit(raw, unit)
    expect(first.text).toBe(text)
    expect(first.origin).toBe('test')
    expect(limit(first.text, unit)).toEqual(first)
  })

  it('converts each unit to each other of its kind, and refuses each of another kind', () => {
    for (const metric of UNITS.filter((unit) => unit.id !== 'pp')) {
      for (const written of UNITS.filter((unit) => unit.id !== 'pp')) {
        // 0.01 ratio is 1 %, 1 % is 0.01: both are percentages that exist.
        const parsed = parseLimit(`> 0.0125 ${written.id}`, metric.id, 'test')
        if (written.dimension !== metric.dimension) expect(parsed).toHaveProperty('problem')
        else
          expect(parsed).toEqual({
            limit: {
              terms: [{ op: '>', value: convert(0.0125, written.id, metric.id), unit: metric.id, mode: 'absolute' }],
              text: `> 0.0125 ${written.id}`,
              origin: 'test',
            },
          })
      }
    }
  })

  it('tells what is absolute, relative to the baseline, and added to it', () => {
    expect(limit('<= +10%', 'ms').terms).toEqual([{ op: '<=', value: 10, unit: '%', mode: 'relative' }])
    expect(limit('>= -5%', '%').terms).toEqual([{ op: '>=', value: -5, unit: '%', mode: 'relative' }])
    expect(limit('>= -0.5pp', '%').terms).toEqual([{ op: '>=', value: -0.5, unit: '%', mode: 'delta' }])
    expect(limit('>= -0.5pp', 'ratio').terms).toEqual([{ op: '>=', value: -0.005, unit: 'ratio', mode: 'delta' }])
    expect(limit('<= + 0.1 s', 'ms').terms).toEqual([{ op: '<=', value: 100, unit: 'ms', mode: 'delta' }])
    expect(limit('< 1%', '').terms).toEqual([{ op: '<', value: 1, unit: '%', mode: 'absolute' }])
    expect(limit('<= +1pp', '').terms).toEqual([{ op: '<=', value: 1, unit: '%', mode: 'delta' }])
    expect(limit('< 200 ms', '').terms).toEqual([{ op: '<', value: 200, unit: 'ms', mode: 'absolute' }])
  })

  it.each([
    [0.999, '99.9%'],
    [0.95, '95%'],
    ['> 0.95', '95%'],
    ['0.5', '50%'],
  ])('asks whether the bare %p on a percent metric was meant as %s', (raw, meant) => {
    expect(refused(raw)).toContain(`did you mean ${meant}`)
    expect(limit(raw, 'ms').terms[0]!.value).toBe(Number(String(raw).replace('> ', '')))
  })

  it.each([
    '> 100%',
    '>= 101%',
    '== 100.1%',
    '< 101%',
    '< 0%',
    '> 95 and < 90',
    '> 95 and < 95',
    '>= 95 and < 95',
    '== 95 and != 95',
    '== 95 and == 96',
    '> 1.5 ratio',
    '<= +10% and >= +20%',
    '>= +1pp and <= -1pp',
    '> +101pp',
    '>= -100%',
    '>= -150%',
  ])('refuses %p: no value could meet it', (raw) => {
    expect(refused(raw)).not.toBe('')
  })

  it.each([
    ['< 0 ms', 'ms'],
    ['> 1 s and < 900 ms', 'ms'],
    ['> 1 s and < 900 ms', ''],
    ['> 5 and < 3', ''],
    ['> 5 and < 200ms', ''],
    ['> 1MB and < 2s', ''],
  ])('refuses %p in %p', (raw, unit) => {
    expect(refused(raw, unit)).not.toBe('')
  })

  it.each([
    ['>= 0%', '%'],
    ['<= 100%', '%'],
    ['> 99.999', '%'],
    ['>= 95 and <= 95', '%'],
    ['!= 95 and != 96', '%'],
  ])('takes %p: a value can meet it', (raw, unit) => {
    expect(limit(raw!, unit).terms.length).toBeGreaterThan(0)
  })

  it.each([
    [Number.NaN, 'not a number'],
    [Number.POSITIVE_INFINITY, 'not a number'],
    [-5, 'negative'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['95%', 'write ">= 95%"'],
    ['at least 95%', 'is not a limit'],
    ['-5', 'sign'],
    ['> -5', 'sign, but no unit'],
    ['> +5', 'sign, but no unit'],
    ['> −5%', 'hyphen'],
    ['=> 95%', 'write >='],
    ['≥ 95%', 'write >='],
    ['<> 95%', 'write !='],
    ['!== 95%', 'write !='],
    ['>', 'no number'],
    ['> %', 'no number'],
    ['> > 95', 'no number'],
    ['> 1,000', 'is not a number'],
    ['> 0x10', 'unknown unit'],
    ['> 1.5.2', 'is not a number'],
    ['> 1e400', 'too large'],
    ['1e400', 'too large'],
    ['> 95% or < 3%', 'no "or"'],
    ['> 95% || < 3%', 'no "or"'],
    ['> 95% < 99%', 'does not belong'],
    ['> 95% and', 'is not a limit'],
    ['> 95% and and < 99%', 'is not a limit'],
    ['> 95 pp', 'difference'],
    ['> 5 ms', 'is a time'],
    ['> 95 percent', 'did you mean %'],
    ['> 95 furlongs', 'known units'],
    ['> 95%; rm', 'does not belong'],
  ])('refuses %p and says why', (raw, why) => {
    expect(refused(raw)).toContain(why)
  })

  it.each([
    ['< 5 MS', 'ms', 'did you mean ms'],
    ['< 5 seconds', 's', 'did you mean s'],
    ['< 5 mss', 'ms', 'did you mean ms'],
    ['< 5 m', 's', 'did you mean min'],
    ['< 5 mb', 'B', 'did you mean MB'],
    ['> 5 ops', 'ops/s', 'unknown unit'],
  ])('%p in %s: %s', (raw, unit, hint) => {
    expect(refused(raw, unit)).toContain(hint)
  })

  it('answers long and repetitive text with a problem', () => {
    for (const text of [
      '>'.repeat(100_000),
      `> ${'9'.repeat(100_000)}%`,
      `> 5${' '.repeat(100_000)}%`,
      '> 5 and '.repeat(20_000),
      `> 95 ${'m'.repeat(150)}`,
    ]) {
      const parsed = parseLimit(text, '%', 'test')
      expect(parsed).toHaveProperty('problem')
      expect('problem' in parsed && parsed.problem.length + (parsed.hint?.length ?? 0)).toBeLessThan(500)
    }
    expect(refused(Array(9).fill('> 5').join(' and '))).toContain('at most 8 terms')
  })
})

describe('strictness', () => {
  it.each([
    ['> 95%', '> 95%', 'equal'],
    ['>= 95%', '> 95%', 'tighter'],
    ['> 95%', '>= 95%', 'looser'],
    ['> 95%', '> 80%', 'looser'],
    ['> 80%', '> 95%', 'tighter'],
    ['< 200ms', '< 0.2 s', 'equal'],
    ['< 200ms', '< 1 s', 'looser'],
    ['< 200ms', '> 100ms', 'unknown'],
    ['> 5%', '> 5ms', 'unknown'],
    ['<= +10%', '<= +20%', 'looser'],
    ['<= +10%', '<= +5%', 'tighter'],
    ['<= +10%', '< 200ms', 'unknown'],
    ['<= +10%', '<= +10ms', 'unknown'],
    ['> 90%', '> 90% and < 99%', 'tighter'],
    ['> 90% and < 99%', '> 90%', 'looser'],
    ['== 95%', '>= 95%', 'looser'],
    ['!= 95%', '> 95%', 'tighter'],
    ['> 90%', '> 90% and != 95%', 'tighter'],
    ['> 90% and != 95%', '> 90%', 'looser'],
    ['> 90% and != 95%', '> 96%', 'tighter'],
  ])('from %p to %p is %s', (from, to, expected) => {
    expect(strictness([limit(from, '')], [limit(to, '')])).toBe(expected)
  })

  it('takes a list as all of its limits, and an empty list as none', () => {
    const absolute = limit('> 95%')
    const relative = limit('>= -0.5pp')
    expect(strictness([absolute], [absolute, relative])).toBe('tighter')
    expect(strictness([absolute, relative], [absolute])).toBe('looser')
    expect(strictness([absolute, relative], [relative, absolute])).toBe('equal')
    expect(strictness([absolute], [])).toBe('looser')
    expect(strictness([], [absolute])).toBe('tighter')
    expect(strictness([], [])).toBe('equal')
    expect(strictness([absolute, relative], [limit('> 96%')])).toBe('unknown')
  })

  it('is its own mirror, and right by trying numbers', () => {
    const mirrored = { tighter: 'looser', looser: 'tighter', equal: 'equal', unknown: 'unknown' }
    const ops = ['<', '<=', '>', '>=', '==', '!=']
    const samples = [4, 4.5, 5, 5.5, 6, 6.5, 7]
    const holds = (op: string, bound: number, value: number) =>
      ({
        '<': value < bound,
        '<=': value <= bound,
        '>': value > bound,
        '>=': value >= bound,
        '==': value === bound,
        '!=': value !== bound,
      })[op]!
    for (const a of ops.flatMap((op) => [5, 6].map((bound) => ({ op, bound })))) {
      for (const b of ops.flatMap((op) => [5, 6].map((bound) => ({ op, bound })))) {
        const found = strictness([limit(`${a.op} ${a.bound}`, '')], [limit(`${b.op} ${b.bound}`, '')])
        expect(strictness([limit(`${b.op} ${b.bound}`, '')], [limit(`${a.op} ${a.bound}`, '')])).toBe(mirrored[found])
        const narrower = samples.every((value) => !holds(b.op, b.bound, value) || holds(a.op, a.bound, value))
        const wider = samples.every((value) => !holds(a.op, a.bound, value) || holds(b.op, b.bound, value))
        expect(`${a.op}${a.bound} ${b.op}${b.bound} ${found}`).toBe(
          `${a.op}${a.bound} ${b.op}${b.bound} ${narrower ? (wider ? 'equal' : 'tighter') : wider ? 'looser' : 'unknown'}`,
        )
      }
    }
  })
})

describe('contradiction', () => {
  it('looks at all limits of a list at once', () => {
    expect(contradiction([limit('> 95%'), limit('< 90%')])).toContain('> 95 % and < 90 %')
    expect(contradiction([limit('> 95%'), limit('< 99%')])).toBeNull()
    expect(contradiction([limit('> 95%'), limit('<= -5%')])).toBeNull()
    expect(contradiction([])).toBeNull()
  })
})
