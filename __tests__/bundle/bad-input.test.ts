// Bad input, by name: the committed command line on real folders. Each ends with a clear message, the right outcome and exit code.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { junit, lcov, POLICY, readyFiles } from '../support/ready-repository.ts'
import { finished, unpackAction } from '../support/runner.ts'

const CONFIG = '.github/certification.yml'
let action: string

beforeAll(() => {
  action = unpackAction()
})

interface Ran {
  exit: number | null
  text: string
  result: ReturnType<typeof JSON.parse>
}

async function evaluate(files: Record<string, string | Uint8Array>, prepare: (root: string) => void = () => {}): Promise<Ran> {
  const root = mkdtempSync(join(tmpdir(), 'certify-bad-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  prepare(root)
  const env = { PATH: process.env.PATH ?? '', HOME: root }
  const ended = await finished(process.execPath, [join(action, 'dist/cli.js'), 'evaluate'], { cwd: root, env })
  return {
    exit: ended.exit,
    text: ended.stdout + ended.stderr,
    result: JSON.parse(readFileSync(join(root, 'certify-report/result.json'), 'utf8')),
  }
}

const ready = (): Record<string, string | Uint8Array> => ({ [CONFIG]: POLICY, ...readyFiles() })

function outcomeOf(ran: Ran, criterion: string): string {
  return ran.result.levels
    .flatMap((l: { criteria: { id: string; outcome: string }[] }) => l.criteria)
    .find((c: { id: string }) => c.id === criterion).outcome
}

describe('configuration', () => {
  it('none: advice, exit 0, and what was looked for', async () => {
    const ran = await evaluate({})
    expect(ran.exit).toBe(0)
    expect(ran.result.config.mode).toBe('advisory')
    expect(ran.result.decision.verdict).not.toBe('passed')
    expect(ran.text).toMatch(/lcov\.info/)
  })

  it('empty: decides by the defaults, and does not pass', async () => {
    const ran = await evaluate({ [CONFIG]: '' })
    expect(ran.exit).toBe(1)
    expect(ran.result.config.mode).toBe('enforce')
  })

  it('five errors: all five at once, each with line and column and the nearest name', async () => {
    const text = [
      'version: 1',
      'metrics:',
      '  test_coverage: { evidnce: coverage/lcov.info }',
      'certification_levels:',
      '  level_1:',
      '    enabled: maybe',
      '    validation_criteria:',
      '      test_coverage: "> 950%"',
      '      security_score: { not_applicable: { reason: "no code here at all", expires: 2025-11-31 } }',
      'target: { push: 7 }',
      '',
    ].join('\n')
    const ran = await evaluate({ [CONFIG]: text })
    expect(ran.exit).toBe(2)
    expect(ran.result.decision.verdict).toBe('error')
    for (const [line, words] of [
      [3, /evidnce[\s\S]*evidence/],
      [6, /maybe/],
      [8, /950/],
      [9, /2025-11-31/],
      [10, /7/],
    ] as const) {
      const problem = ran.result.notices.find((p: { line?: number }) => p.line === line)
      expect(`${problem?.message} ${problem?.hint ?? ''}`).toMatch(words)
      expect(problem.column).toBeGreaterThan(0)
    }
    expect(ran.text).toMatch(/certification\.yml:3:\d+/)
  })

  it('a YAML bomb: refused in a moment', async () => {
    const names = 'abcdefghi'.split('')
    const bomb = names
      .map(
        (name, i) =>
          `x-${name}: &${name} [${
            i === 0
              ? '"lol"'
              : Array(9)
                  .fill(`*${names[i - 1]}`)
                  .join(',')
          }]`,
      )
      .join('\n')
    const ran = await evaluate({ [CONFIG]: `version: 1\n${bomb}\n` })
    expect(ran.exit).toBe(2)
    expect(ran.text).toMatch(/alias/i)
  })

  it('duplicate keys: the line of the second', async () => {
    const ran = await evaluate({ [CONFIG]: 'version: 1\nmode: enforce\nmode: advisory\n' })
    expect(ran.exit).toBe(2)
    expect(ran.text).toMatch(/certification\.yml:3:/)
    expect(ran.text).toMatch(/twice/i)
  })

  it('November 31, 2025: refused, the last real day suggested', async () => {
    const policy = `${POLICY}certification_levels: { level_2: { validation_criteria: { database_integration: { not_applicable: { reason: "no database here", expires: "November 31, 2025" } } } } }\n`
    const ran = await evaluate({ ...ready(), [CONFIG]: policy })
    expect(ran.exit).toBe(2)
    expect(ran.text).toMatch(/November 31, 2025/)
    expect(ran.text).toMatch(/2025-11-30/)
  })
})

describe('evidence', () => {
  const path = 'reports/component/lcov.info'
  const without = (): Record<string, string | Uint8Array> => {
    const files = ready()
    delete files[path]
    return files
  }

  it('none found at all', async () => {
    const ran = await evaluate({ [CONFIG]: POLICY })
    expect(ran.exit).toBe(1)
    expect(ran.text).toContain(path)
  })

  it('a directory where a file was named', async () => {
    const ran = await evaluate(without(), (root) => mkdirSync(join(root, path), { recursive: true }))
    expect(ran.exit).toBe(2)
    expect(outcomeOf(ran, 'test_coverage')).toMatch(/^(error|no_evidence)$/)
    expect(ran.text).toMatch(/lcov\.info.*directory/s)
  })

  it.each([
    ['zero bytes', ''],
    ['a binary', new Uint8Array(4096).map((_, i) => (i * 37) % 256)],
    ['truncated JSON', '{"total":{"lines":{"total":'],
    ['truncated XML', '<?xml version="1.0"?><coverage lines-valid="1" lines-covered="1"><packages><package name="a"'],
  ])('%s', async (_name, content) => {
    const ran = await evaluate({ ...ready(), [path]: content })
    expect([1, 2]).toContain(ran.exit)
    expect(outcomeOf(ran, 'test_coverage')).toMatch(/^(error|no_evidence)$/)
    expect(ran.text).toContain(path)
  })

  it('ten thousand matching files: judged, without hanging', async () => {
    const files: Record<string, string | Uint8Array> = {
      ...ready(),
      [CONFIG]: POLICY.replace('reports/component/junit.xml', '"reports/component/*.xml"'),
    }
    for (let i = 0; i < 10_000; i += 1) files[`reports/component/${i}.xml`] = junit([{ suite: 'many', name: `case ${i}` }])
    const ran = await evaluate(files)
    expect(ran.result.metrics.find((m: { id: string }) => m.id === 'test_coverage').state).toBe('known')
    expect(ran.result.evidence.length).toBeGreaterThan(10_000)
    expect(ran.text.length).toBeLessThan(100_000)
  })

  it('a report for another commit', async () => {
    const other = JSON.parse(String(readyFiles()['reports/semgrep.sarif']))
    other.runs[0].versionControlProvenance = [{ repositoryUri: 'https://github.com/acme/shop', revisionId: 'f'.repeat(40) }]
    const ran = await evaluate({ ...ready(), 'reports/semgrep.sarif': JSON.stringify(other) }, gitCommit)
    expect(ran.exit).not.toBe(0)
    expect(outcomeOf(ran, 'security_score')).not.toBe('pass')
    expect(ran.text).toMatch(/semgrep\.sarif/)
    expect(ran.text).toMatch(/ffffff/)
  })

  it('two reports for one file: the union of their lines, once', async () => {
    const policy = POLICY.replace('[reports/component/lcov.info', '["reports/component/*.info"')
    const halves = { 'reports/component/a.info': half(1, 50), 'reports/component/b.info': half(51, 100) }
    const files = without()
    const ran = await evaluate({ ...files, ...halves, [CONFIG]: policy })
    expect(ran.result.metrics.find((m: { id: string }) => m.id === 'test_coverage').value).toBe(100)
  })

  it('coverage of 0/0', async () => {
    const ran = await evaluate({ ...ready(), [path]: lcov(0, 0) })
    expect(outcomeOf(ran, 'test_coverage')).toBe('no_evidence')
  })

  it.each([
    ['NaN', 'DA:1,NaN'],
    ['negative', 'DA:1,-5'],
  ])('%s numbers never help', async (_name, line) => {
    const ran = await evaluate({ ...ready(), [path]: `TN:\nSF:src/a.js\n${line}\nend_of_record\n` })
    expect(outcomeOf(ran, 'test_coverage')).not.toBe('pass')
  })

  it.each(['::error::pwned', '<img src=x>', '@everyone', '##[group]x', '\u001b[31mred'])(
    'a failed test named %j is shown harmless',
    async (name) => {
      const ran = await evaluate({
        ...ready(),
        'reports/component/junit.xml': junit([{ suite: name, name, failure: name }]).replaceAll('\u001b', ''),
      })
      expect(ran.exit).toBe(1)
      const lines = ran.text.split('\n')
      expect(lines.filter((line) => /^\s*::\w+/.test(line) || line.includes('##['))).toEqual([])
      expect(ran.text).not.toContain('\u001b')
    },
  )
})

/** Both halves know all hundred lines; each covers its own. */
function half(from: number, to: number): string {
  const lines = Array.from({ length: 100 }, (_, i) => `DA:${i + 1},${i + 1 >= from && i + 1 <= to ? 3 : 0}`)
  return ['TN:', 'SF:src/price.js', ...lines, 'end_of_record', ''].join('\n')
}

function gitCommit(root: string): void {
  execGit(root, 'init', '-q')
  execGit(root, 'commit', '-q', '--allow-empty', '-m', 'x')
}

function execGit(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd, stdio: 'ignore' })
}
