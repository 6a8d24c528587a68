// Rows in typed arrays: runs of one file come together, in order of line, each line once; and which total counts.
import { describe, expect, it } from '@jest/globals'
import { settle } from '../../../src/evidence/coverage/settle.ts'
import { CoverageStore } from '../../../src/evidence/coverage/store.ts'
import type { Column } from '../../../src/model/hits.ts'

const rows = (array: Column | undefined) => [...(array ?? [])]

describe('the store', () => {
  it('keeps files apart and puts their runs together', () => {
    const store = new CoverageStore('r')
    store.begin('a')
    for (let line = 1; line <= 3000; line++) store.line(line, 1)
    store.begin('b\\c')
    store.line(5, 0)
    store.begin('a')
    store.line(2, 4)
    store.line(9000, 0)
    store.begin('empty')
    const [a, b, empty] = store.finish()
    expect([a?.path, b?.path, empty?.path]).toEqual(['a', 'b/c', 'empty'])
    expect(a?.lineRatio).toEqual({ covered: 3000, total: 3001 })
    expect(rows(a?.lines?.hits).slice(0, 3)).toEqual([1, 5, 1])
    expect(rows(b?.lines?.lines)).toEqual([5])
    expect([empty?.lines, empty?.lineRatio]).toEqual([null, null])
  })

  it('takes the best of the branches that several runs saw of a line', () => {
    const store = new CoverageStore('r')
    store.begin('a')
    store.branch(7, 1, 2)
    store.branch(3, 0, 2)
    store.begin('a')
    store.branch(7, 2, 2)
    const [a] = store.finish()
    expect([rows(a?.branches?.lines), rows(a?.branches?.covered), a?.branchRatio]).toEqual([
      [3, 7],
      [0, 2],
      { covered: 2, total: 4 },
    ])
  })
})

describe('settling', () => {
  const of = (covered: number, total: number) => ({ covered, total })

  it.each([
    [null, of(1, 2), of(1, 2), null],
    [null, null, null, null],
    [of(1, 2), of(1, 2), of(1, 2), true],
    [of(9, 10), of(1, 2), of(1, 2), false],
    [of(1, 10), of(1, 2), of(1, 10), false],
    [of(5, 10), of(1, 2), of(5, 10), false],
    [of(5, 10), null, of(5, 10), false],
    [of(5, 10), of(0, 0), of(5, 10), false],
    [of(0, 0), null, of(0, 0), true],
  ])('stated %j, counted %j: %j', (declared, counted, ratio, agree) => {
    expect(settle(declared, counted)).toEqual({ ratio, agree })
  })

  it('agrees with any way of counting that tools have', () => {
    expect(settle(of(2, 4), of(1, 3), of(2, 4))).toEqual({ ratio: of(2, 4), agree: true })
  })
})
