// Proof 9 and the law of rendering: every page is whole, within its limit, and nothing foreign in it is alive.
import { describe, expect, it } from '@jest/globals'
import type { Result } from '../../src/model/result.ts'
import { renderCheck } from '../../src/reporting/renderers/check.ts'
import { renderCommands } from '../../src/reporting/renderers/commands.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { HOSTILE, hostileResult, SCENARIOS } from '../support/scenarios.ts'
import { LINKS, markdownOf } from '../support/surfaces.ts'
import { flawsOf } from '../support/well-formed.ts'

const ALLOWED = Object.values(LINKS)
const LIMITS: Record<string, (text: string) => boolean> = {
  'comment.md': (text) => text.length <= 65_536,
  'summary.md': (text) => Buffer.byteLength(text) <= 1_048_576,
  'check-summary.md': (text) => Buffer.byteLength(text) <= 65_535,
  'check-text.md': (text) => Buffer.byteLength(text) <= 65_535,
}

function expectSound(result: Result): void {
  for (const [file, text] of Object.entries(markdownOf(result))) {
    expect({ file, flaws: flawsOf(text, ALLOWED) }).toEqual({ file, flaws: [] })
    expect({ file, fits: LIMITS[file]!(text) }).toEqual({ file, fits: true })
  }
}

describe('the checker itself', () => {
  it.each([
    ['```\nopen', 'unclosed fence'],
    ['| a | b |\n| - | - |\n| c |', 'table row'],
    ['<details><summary>x</summary>', 'unbalanced details'],
    ['a <img src=x>', 'foreign HTML'],
    ['ask @everyone', 'live mention'],
    ['[x](https://evil.example)', 'foreign link'],
    ['see https://evil.example', 'autolink'],
    ['fixes #12', 'live issue'],
  ])('finds what is wrong in %j', (text, flaw) => {
    expect(flawsOf(text, []).join()).toContain(flaw)
  })
})

describe('Markdown', () => {
  it.each(Object.entries(SCENARIOS))('%s is well-formed and fits on every surface', (_name, build) => expectSound(build()))

  it.each(
    HOSTILE.split('\n').concat(
      'a|b',
      '\\|',
      '`',
      '``',
      '|',
      '\\',
      '1. item',
      '- item',
      '# h',
      '<!--',
      '--',
      '\ud800',
      '@a',
      '::',
      '> q',
    ),
  )('stays so with %j in every field', (text) => expectSound(hostileResult(text)))

  it('fits with five megabytes in every field', () => expectSound(hostileResult('trace <b> @x | `y` 😀\n'.repeat(220_000))))

  it('fits with five thousand rows of everything, and says what was left out', () => {
    const result = crowded(5_000)
    expectSound(result)
    const comment = markdownOf(result)['comment.md']!
    expect(comment).toContain('Shortened or left out to fit')
    expect(comment).toContain(LINKS.report)
    expect(comment).toContain('Failed: no level reached')
    expect(comment.trimEnd().split('\n').at(-1)).toContain('_')
  })
})

describe('what a runner would take for a command', () => {
  it.each(Object.entries(SCENARIOS))('%s gives none in terminal text', (_name, build) => {
    const lines = [40, 61, 100].flatMap((width) => renderTerminal(build(), { color: true, width }).split('\n'))
    expect(lines.filter((line) => /^\s*::/.test(line) || line.includes('##['))).toEqual([])
    // Only our own colours.
    const bare = lines.map((line) => line.replace(/\u001b\[\d{1,2}m/g, ''))
    expect(bare.filter((line) => /[\u0000-\u001f\u007f-\u009f]/.test(line))).toEqual([])
  })

  it('annotations are one command each, at most ten errors and ten warnings', () => {
    const lines = renderCommands(
      renderCheck(crowded(200), 'failure').annotations.concat(renderCheck(hostileResult(HOSTILE), 'failure').annotations),
    )
    expect(lines.filter((line) => line.startsWith('::error ')).length).toBeLessThanOrEqual(10)
    expect(lines.filter((line) => line.startsWith('::warning ')).length).toBeLessThanOrEqual(10)
    expect(lines.length).toBeGreaterThan(0)
    const whole = /^::(?:error|warning) file=[^:,\r\n]*,line=\d+,endLine=\d+(?:,title=[^:,\r\n]*)?::[^\r\n]*$/
    expect(lines.filter((line) => !whole.test(line))).toEqual([])
    expect(lines.join('')).not.toContain('##[')
  })
})

/** More of everything than any surface holds. */
function crowded(number: number): Result {
  const result = SCENARIOS['forty-failures']!()
  const level = result.levels[0]!
  const wide = 'wide '.repeat(60)
  level.criteria = Array.from({ length: number }, (_, index) => ({ ...level.criteria[0]!, id: `criterion_${index}_${wide}` }))
  result.evidence = Array.from({ length: number }, (_, index) => ({
    ...result.evidence[0]!,
    path: `reports/${index}/${wide}.xml`,
  }))
  result.notices = Array.from({ length: number }, (_, index) => ({
    code: 'note',
    message: `${index} ${wide}`,
    path: 'a.yml',
    line: index + 1,
  }))
  result.config.loosened = Array.from({ length: number }, (_, index) => ({
    pointer: `/x/${index}`,
    from: wide,
    to: wide,
    origin: 'a.yml:1',
  }))
  for (const gate of result.gates)
    gate.exit = Array.from({ length: number }, (_, index) => ({ ...gate.exit[0]!, text: `${index} ${wide}`, outcome: 'fail' }))
  return result
}
