// A test that prints five megabytes: every surface stays within GitHub's limit and well-formed, the verdict exact, the record small.
import { describe, expect, it } from '@jest/globals'
import { renderCheck } from '../../src/reporting/renderers/check.ts'
import { renderCommands } from '../../src/reporting/renderers/commands.ts'
import { renderJson } from '../../src/reporting/renderers/json.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { MemoryLedger, ready, recordAt, replayed, runOnce } from '../support/ledger/recorded.ts'
import { bigReport } from '../support/scenarios.ts'
import { LINKS, markdownOf } from '../support/surfaces.ts'
import { flawsOf } from '../support/well-formed.ts'

const bytes = (text: string): number => Buffer.byteLength(text)
const store = new MemoryLedger()
const report = bigReport()
const { result } = await runOnce(ready({ 'reports/component/junit.xml': report }), store)
const pages = markdownOf(result)

describe('a report with a trace of five megabytes', () => {
  it('is as large as that, and is judged exactly', () => {
    expect(bytes(report)).toBeGreaterThan(15_000_000)
    expect(result.decision).toMatchObject({ verdict: 'failed', failedCriteria: ['test_coverage'] })
    expect(result.levels[0]!.criteria[0]!.reasons).toContainEqual(
      expect.objectContaining({ code: 'tests_failed', args: expect.objectContaining({ failed: 3 }) }),
    )
  })

  it('gives a comment, a check and a summary within their limits, each well-formed, with the verdict and the step', () => {
    expect(pages['comment.md']!.length).toBeLessThanOrEqual(65_536)
    for (const name of ['check-summary.md', 'check-text.md']) expect(bytes(pages[name]!)).toBeLessThanOrEqual(65_535)
    expect(bytes(pages['summary.md']!)).toBeLessThanOrEqual(1_048_576)
    for (const [name, page] of Object.entries(pages)) expect([name, flawsOf(page, Object.values(LINKS))]).toEqual([name, []])
    for (const name of ['comment.md', 'check-summary.md', 'summary.md']) {
      expect(pages[name]).toContain('Failed: no level reached')
      expect(pages[name]).toContain('Make these 3 tests pass')
    }
  })

  it('gives annotations that GitHub and the runner take, on the line that the trace names', () => {
    const { annotations } = renderCheck(result, 'failure', LINKS)
    expect(annotations).toContainEqual(expect.objectContaining({ path: 'tests/trace.test.ts', startLine: 31 }))
    expect(annotations.some(({ message }) => message.endsWith('the report of the tests has all of it)'))).toBe(true)
    for (const { title, message } of annotations) {
      expect(title!.length).toBeLessThanOrEqual(255)
      expect(bytes(message)).toBeLessThanOrEqual(64 * 1024)
    }
    for (const command of renderCommands(annotations))
      expect(command.slice(command.indexOf('::', 2)).length).toBeLessThanOrEqual(4_096 * 3)
  })

  it('is short in result.json and on the terminal', () => {
    expect(bytes(renderJson(result))).toBeLessThan(200_000)
    expect(bytes(renderTerminal(result, { color: false, width: 100 }))).toBeLessThan(20_000)
  })

  it('leaves no trace in the record, which replays to the same bytes', () => {
    const record = recordAt(store)
    expect(bytes(JSON.stringify(record))).toBeLessThan(200_000)
    expect(JSON.stringify(record)).not.toContain('#50000')
    expect(replayed(store)).toMatchObject({ same: true })
  })
})
