// The step's summary: added to what is there, left out where it does not fit, and no reason for a run to fail.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from '@jest/globals'
import { SUMMARY_BYTES, SummaryPublisher } from '../../../src/adapters/github/outputs.ts'
import type { LedgerNote } from '../../../src/model/ledger.ts'
import type { Result } from '../../../src/model/result.ts'
import { temporaryFolder } from '../../support/clone.ts'

const NOTHING = [{} as Result, null as unknown as LedgerNote] as const
let file: string
let warned: string[]

beforeEach(() => {
  file = join(temporaryFolder(), 'summary.md')
  warned = []
})

function publish(text: string, to: string | undefined = file): Promise<void> {
  return new SummaryPublisher({ file: to, log: { warn: (line) => void warned.push(line) }, render: () => text }).publish(
    ...NOTHING,
  )
}

it('is added to what the step has written, on lines of its own', async () => {
  writeFileSync(file, 'of another command\n')
  await publish('## first')
  await publish('## second')
  expect([readFileSync(file, 'utf8'), warned]).toEqual(['of another command\n## first\n## second\n', []])
})

it('is left out, with a warning, where the file has no room for it', async () => {
  appendFileSync(file, 'x'.repeat(SUMMARY_BYTES - 100))
  await publish('y'.repeat(200))
  expect(readFileSync(file, 'utf8')).not.toContain('y')
  expect(warned.join()).toMatch(/the step summary is left out: 200 bytes/)
})

it('that cannot be written is a warning, and the verdict stands', async () => {
  mkdirSync(file)
  await publish('## text')
  expect(warned.join()).toMatch(/the step summary was not written: .*EISDIR.*; the verdict stands/)
})

it('is not written to a file that the runner did not make', async () => {
  await publish('## text')
  expect(existsSync(file)).toBe(false)
  expect(warned.join()).toMatch(/the step summary was not written: .*ENOENT/)
})

it('is not written where the runner names no file', async () => {
  await publish('## text', '')
  expect(warned).toEqual([])
})
