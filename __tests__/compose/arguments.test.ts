// The command line as interface.md promises it: every option, every command's help, every mistake.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { COMMANDS, FAIL_ON, type Invocation } from '../../src/app/invocation.ts'
import { parseArguments } from '../../src/compose/arguments.ts'
import { tellError } from '../../src/compose/errors.ts'
import { CertifyError } from '../../src/model/problem.ts'

/** `record` and `gate` are jobs of the Action alone. */
const ACTION_ALONE: readonly string[] = ['record', 'gate', 'issue', 'revoke', 'recertify']
const LAPTOP = COMMANDS.filter((command) => !ACTION_ALONE.includes(command)) as Exclude<
  (typeof COMMANDS)[number],
  'record' | 'gate' | 'issue' | 'revoke' | 'recertify'
>[]

const TERMINAL = { isTTY: true, columns: 100 }
let noColour: string | undefined

beforeEach(() => {
  noColour = process.env.NO_COLOR
  delete process.env.NO_COLOR
})
afterEach(() => {
  if (noColour === undefined) delete process.env.NO_COLOR
  else process.env.NO_COLOR = noColour
})

function asked(argv: string, terminal: { isTTY?: boolean; columns?: number } = TERMINAL): Invocation {
  const parsed = parseArguments(argv.split(' '), terminal)
  if ('help' in parsed) throw new Error(`only help: ${parsed.help}`)
  return parsed
}

function help(argv: string): string {
  const parsed = parseArguments(argv === '' ? [] : argv.split(' '), TERMINAL)
  if (!('help' in parsed)) throw new Error(`no help but ${parsed.command}`)
  return parsed.help
}

function refused(argv: string[]): CertifyError {
  try {
    parseArguments(argv, TERMINAL)
  } catch (error) {
    if (error instanceof CertifyError) return error
    throw error
  }
  throw new Error('it was accepted')
}

it.each(ACTION_ALONE)('sends %s to a workflow, where it belongs', (command) => {
  expect(() => parseArguments([command], TERMINAL)).toThrow(/is for a workflow/)
})

describe('evaluate', () => {
  it('without options: the defaults of interface.md', () => {
    expect(asked('evaluate')).toMatchObject({
      command: 'evaluate',
      config: { path: '.github/certification.yml', named: false },
      evidence: [],
      level: undefined,
      failOn: 'failed',
      reportDir: 'certify-report',
      json: false,
      name: 'certify',
      operands: [],
    })
  })

  it('takes every option', () => {
    const all =
      'evaluate --config policy.yml --evidence a/*.xml --evidence=b.sarif --level 3 --report-dir out --fail-on warn --json'
    expect(asked(all)).toMatchObject({
      config: { path: 'policy.yml', named: true },
      evidence: ['a/*.xml', 'b.sarif'],
      level: '3',
      reportDir: 'out',
      failOn: 'warn',
      json: true,
    })
  })

  it('knows that a config was named, even by the name it has by default', () => {
    expect(asked('evaluate --config .github/certification.yml').config.named).toBe(true)
  })

  it.each([...FAIL_ON])('--fail-on %s', (word) => {
    expect(asked(`evaluate --fail-on ${word}`).failOn).toBe(word)
  })

  it.each(['--report-dir=', '--level=', '--config='])('%s without a value is refused, not read as a place', (option) => {
    expect(refused(['evaluate', option])).toMatchObject({ code: 'usage', message: expect.stringContaining(option.slice(0, -1)) })
  })
})

describe('the other commands', () => {
  it('inspect takes several files, in the order given', () => {
    expect(asked('inspect b.xml a.xml --json')).toMatchObject({ command: 'inspect', operands: ['b.xml', 'a.xml'], json: true })
  })

  it('explain takes a criterion and what evaluate is asked with', () => {
    expect(asked('explain test_coverage --config c.yml --evidence x --level 2 --json')).toMatchObject({
      command: 'explain',
      operands: ['test_coverage'],
      config: { path: 'c.yml', named: true },
      evidence: ['x'],
      level: '2',
      json: true,
    })
  })

  it('validate takes a config', () => {
    expect(asked('validate --config c.yml --json')).toMatchObject({
      command: 'validate',
      config: { path: 'c.yml', named: true },
      json: true,
    })
  })
})

describe('help', () => {
  it.each(['', 'help', '--help', '-h'])('%j shows every command and the exit codes', (argv) => {
    const text = help(argv)
    for (const command of LAPTOP) expect(text).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    expect(text).toMatch(/0 passed.*1 failed.*2 could not judge/)
  })

  const options = {
    evaluate: ['config', 'evidence', 'level', 'ledger', 'report-dir', 'json', 'fail-on', 'help'],
    inspect: ['json', 'help'],
    collect: ['evidence', 'config', 'commit', 'out', 'json', 'help'],
    explain: ['config', 'evidence', 'level', 'ledger', 'json', 'help'],
    validate: ['config', 'json', 'help'],
    doctor: ['config', 'fail-on', 'json', 'help'],
    setup: ['config', 'reviewers', 'yes', 'dry-run', 'json', 'help'],
    init: ['dry-run', 'json', 'help'],
    baseline: ['config', 'evidence', 'level', 'ledger', 'json', 'help'],
    replay: ['ledger', 'json', 'help'],
    simulate: ['config', 'last', 'ledger', 'json', 'help'],
    verify: [
      'commit',
      'artifact',
      'level',
      'ledger',
      'repository',
      'name',
      'ref',
      'policy-digest',
      'trusted-root',
      'expect-head',
      'config',
      'json',
      'help',
    ],
    ledger: ['last', 'expect-head', 'out', 'ledger', 'json', 'help'],
  }
  it.each(LAPTOP)('%s --help names its options, what they are for, and an example', (command) => {
    const text = help(`${command} --help`)
    expect(text).toContain(`certify ${command}`)
    const shown = [...text.matchAll(/^ {2}--([\w-]+).* {2}\S/gm)].map((m) => m[1]!)
    expect(shown.sort()).toEqual([...options[command]].sort())
    expect(text).toMatch(/^example: certify /m)
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true)
  })

  it.each(LAPTOP)('%s -h is the same', (command) => {
    expect(help(`${command} -h`)).toBe(help(`${command} --help`))
  })

  it.each(LAPTOP)("the example of %s's help is accepted", (command) => {
    const example = /^example: certify (.+)$/m.exec(help(`${command} --help`))![1]!
    expect(asked(example).command).toBe(command)
  })

  it.each(['--version', '-v'])('%s tells the version and nothing else', (argv) => {
    expect(help(argv)).toMatch(/^certify \d+\.\d+\.\d+\S*\n$/)
  })
})

describe('mistakes', () => {
  it('an unknown command: which there are', () => {
    const error = refused(['evalute'])
    expect(error.message).toContain('evalute')
    for (const command of LAPTOP) expect(error.hint).toContain(command)
  })

  it.each(LAPTOP)('%s with an unknown option: its name and where to look', (command) => {
    const error = refused([command, '--bogus'])
    expect(error).toMatchObject({ code: 'usage', hint: expect.stringContaining(`certify ${command} --help`) })
    expect(error.message).toContain('--bogus')
  })

  it('an option of another command is not taken', () => {
    expect(refused(['inspect', 'a.xml', '--fail-on', 'never']).message).toContain('--fail-on')
    expect(refused(['validate', '--level', '2']).message).toContain('--level')
  })

  it.each(['evaluate', 'validate'])('%s takes no operand', (command) => {
    expect(refused([command, 'something']).message).toContain('something')
  })

  it('explain takes one criterion, not two: the second is not dropped silently', () => {
    expect(refused(['explain', 'test_coverage', 'security_score']).message).toContain('security_score')
  })

  it('--fail-on with another word: which there are', () => {
    const error = refused(['evaluate', '--fail-on', 'sometimes'])
    expect(error.message).toContain('sometimes')
    for (const word of FAIL_ON) expect(error.hint).toContain(word)
  })

  it.each(['evaluate', 'explain', 'baseline', 'verify'])('%s --level with another word: which there are', (command) => {
    for (const level of ['9', '0', 'level_2', '2 ', 'Component']) {
      const error = refused([command, '--level', level])
      expect(error).toMatchObject({ code: 'usage', hint: 'one of: 1, 2, 3, 4, component, integration, service, system' })
      expect(error.message).toBe(`--level is no level: "${level}"`)
    }
  })

  it.each([
    [['evaluate', '--level']],
    [['evaluate', '--level', 'l'.repeat(5000)]],
    [['evaluate', '--level', '--json']],
    [['evaluate', '--json=yes']],
    [['evaluate', `--${'x'.repeat(5000)}`]],
    [['e'.repeat(5000)]],
    [['evaluate', 'o'.repeat(5000)]],
    [['evaluate', '--fail-on', 'w'.repeat(5000)]],
  ])('is told in one short line (%#)', (argv) => {
    const [line, fix] = tellError(refused(argv)).split('\n')
    expect(line!.length).toBeLessThan(200)
    expect(line).toMatch(/^error: \S/)
    expect(fix).toMatch(/^ {2}fix: /)
  })
})

describe('what is shown in', () => {
  it('colour on a terminal only', () => {
    expect(asked('evaluate', { isTTY: true }).colour).toBe(true)
    expect(asked('evaluate', { isTTY: false }).colour).toBe(false)
    expect(asked('evaluate', {}).colour).toBe(false)
  })

  it('no colour under NO_COLOR, unless it is empty (no-color.org)', () => {
    process.env.NO_COLOR = '1'
    expect(asked('evaluate').colour).toBe(false)
    process.env.NO_COLOR = ''
    expect(asked('evaluate').colour).toBe(true)
  })

  it.each([
    [undefined, 100],
    [80, 80],
    [20, 60],
    [400, 140],
    [0, 60],
  ])('a terminal of %s columns: %s', (columns, width) => {
    expect(asked('evaluate', columns === undefined ? {} : { columns }).width).toBe(width)
  })
})
