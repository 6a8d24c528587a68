// The bench's table: one line per row, aligned, and as Markdown.
import { expect, it } from '@jest/globals'
import { load } from './load.ts'

const { table } = await load('table.mjs')

const ROWS = [
  {
    what: 'LCOV',
    input: '100 MB',
    floor: 'newline count',
    goals: { ratio: 2, memory: 100 },
    figures: { seconds: 0.9, floorSeconds: 0.3, ratio: 3, megabytesPerSecond: 111.1, memory: 64.4 },
  },
  {
    what: 'twice',
    input: '50, 100 MB',
    goals: { timeRatio: 2.2, memoryRatio: 1.1 },
    figures: { timeRatio: 1.9, memoryRatio: 1.05 },
  },
  { what: 'size', input: 'dist/', goals: { kB: 500 }, figures: { kB: 467.6 } },
  { what: 'requests', input: 'one', goals: { requests: 0 }, figures: { requests: 0 } },
  { what: 'unread', input: '1 MB', floor: 'readFileSync', goals: {}, figures: { note: 'not read yet' } },
  { what: 'broken', input: '1 MB', floor: 'readFileSync', goals: { ratio: 1 }, figures: {}, problem: 'NOT MEASURED, see above' },
]

it('shows what was measured, its floor and goal, and says where a goal is missed or nothing was measured', () => {
  expect(table(ROWS).split('\n')).toEqual([
    '| what     | input      | ms or value | MB/s | peak MiB | floor                |             ratio | goal                        | goal is                 |',
    '|----------|------------|------------:|-----:|---------:|----------------------|------------------:|-----------------------------|-------------------------|',
    '| LCOV     | 100 MB     |         900 |  111 |       64 | newline count 300 ms |              3.00 | <= 2 x floor, 100 MiB       | ratio 1.50 x over       |',
    '| twice    | 50, 100 MB |             |      |          |                      | 1.90, memory 1.05 | <= time 2.2 x, memory 1.1 x | met                     |',
    '| size     | dist/      |      468 kB |      |          |                      |                   | <= 500 kB                   | met                     |',
    '| requests | one        |           0 |      |          |                      |                   | <= 0                        | met                     |',
    '| unread   | 1 MB       |             |      |          |                      |                   |                             | not read yet            |',
    '| broken   | 1 MB       |             |      |          |                      |                   | <= 1 x floor                | NOT MEASURED, see above |',
  ])
})
