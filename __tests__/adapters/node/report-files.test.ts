// The report folder: made where it is missing, replaced as a whole, nothing half written left behind.
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Workspace } from '../../../src/adapters/node/files.ts'
import { ReportFiles } from '../../../src/adapters/node/report-files.ts'
import type { Result } from '../../../src/model/result.ts'
import { put, temporaryFolder } from '../../support/clone.ts'

const RESULT = {} as Result

function report(root: string, text: string, folder = 'out/report'): ReportFiles {
  const renderings = ['result.json', 'summary.md'].map((file) => ({ file, render: () => `${file} ${text}` }))
  return new ReportFiles(new Workspace({ root, tracked: () => null }), folder, renderings)
}

describe('the report folder', () => {
  it('is made, with every rendering in it', async () => {
    const root = temporaryFolder()
    await report(root, 'one').publish(RESULT, { state: 'off' })
    expect(readdirSync(join(root, 'out/report')).sort()).toEqual(['result.json', 'summary.md'])
    expect(readFileSync(join(root, 'out/report/result.json'), 'utf8')).toBe('result.json one')
  })

  it('is replaced by the next run, with no temporary file left', async () => {
    const root = temporaryFolder()
    await report(root, 'a much longer first text').publish(RESULT, { state: 'off' })
    await report(root, 'two').publish(RESULT, { state: 'off' })
    expect(readdirSync(join(root, 'out/report')).sort()).toEqual(['result.json', 'summary.md'])
    expect(readFileSync(join(root, 'out/report/summary.md'), 'utf8')).toBe('summary.md two')
  })

  it('replaces a link instead of writing through it', async () => {
    const [root, outside] = [temporaryFolder(), temporaryFolder()]
    put(outside, 'precious', 'kept')
    mkdirSync(join(root, 'out/report'), { recursive: true })
    symlinkSync(join(outside, 'precious'), join(root, 'out/report/result.json'))
    await report(root, 'one').publish(RESULT, { state: 'off' })
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('kept')
  })

  it('that cannot be written fails, naming the path, and leaves nothing half written', async () => {
    const root = temporaryFolder()
    mkdirSync(join(root, 'out/report/result.json/sub'), { recursive: true })
    await expect(report(root, 'one').publish(RESULT, { state: 'off' })).rejects.toThrow(/result\.json/)
    expect(readdirSync(join(root, 'out/report'))).toEqual(['result.json'])
  })
})
