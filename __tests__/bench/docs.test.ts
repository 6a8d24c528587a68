// docs/performance.md shows the rows that the bench has, with the goals that it holds them to.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { load } from './load.ts'

const { START_ROWS } = await load('start.mjs')
const { SIZE_ROWS } = await load('sizes.mjs')
const { READING_ROWS } = await load('reading.mjs')
const { goalText } = await load('goals.mjs')

interface Row {
  what: string
  input: string
  goals: Record<string, number>
}

const page = readFileSync('docs/performance.md', 'utf8')

it('has each row and goal of the bench, and no other', () => {
  const shown = page
    .slice(page.indexOf('<!-- npm run bench -->'))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 11)
    .map(([, what, input, , , , , , goal]) => [what, input, goal])
  const rows: Row[] = [...START_ROWS, ...SIZE_ROWS, ...READING_ROWS]
  const [titles, , ...body] = shown
  expect(titles).toEqual(['what', 'input', 'goal'])
  expect(body).toEqual(rows.map(({ what, input, goals }) => [what, input, goalText(goals)]))
})

it('links only to what is there', () => {
  const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => `docs/${match[1]}`)
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter((target) => !existsSync(target))).toEqual([])
})
