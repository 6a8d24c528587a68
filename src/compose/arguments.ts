// Reads the command line. What it may say is data (COMMANDS_HELP); node:util does the parsing.
import { parseArgs } from 'node:util'
import { COMMANDS, CONFIG_PATHS, type Command, FAIL_ON, type Invocation } from '../app/invocation.ts'
import { VERSION } from '../app/version.ts'
import { CertifyError } from '../model/problem.ts'

interface Option {
  type: 'string' | 'boolean'
  multiple?: boolean
  takes?: string
  says: string
}

const OPTIONS = {
  config: { type: 'string', takes: 'FILE', says: `the config; default: ${CONFIG_PATHS[0]}` },
  evidence: { type: 'string', multiple: true, takes: 'GLOB', says: 'more reports to read, as often as needed' },
  level: { type: 'string', takes: 'N', says: 'how far this run must get: 1..4, or component, integration, service, system' },
  'report-dir': { type: 'string', takes: 'DIR', says: 'where the report goes; default: certify-report' },
  'fail-on': { type: 'string', takes: 'WHEN', says: 'exit 1 on: failed (default), pending, warn; or never' },
  json: { type: 'boolean', says: 'exactly one JSON document on stdout' },
  help: { type: 'boolean', says: 'this text' },
} as const satisfies Record<string, Option>

type OptionName = keyof typeof OPTIONS

interface CommandHelp {
  usage: string
  says: string
  options: OptionName[]
  example: string
}

const EVALUATING: OptionName[] = ['config', 'evidence', 'level']

const COMMANDS_HELP: Record<Command, CommandHelp> = {
  evaluate: {
    usage: 'certify evaluate [options]',
    says: 'judges this folder: reports in, four levels and four gates decided, report written',
    options: [...EVALUATING, 'report-dir', 'fail-on', 'json', 'help'],
    example: 'certify evaluate --level 2',
  },
  inspect: {
    usage: 'certify inspect FILE... [options]',
    says: 'what each report says; nothing is judged',
    options: ['json', 'help'],
    example: 'certify inspect coverage/lcov.info',
  },
  explain: {
    usage: 'certify explain CRITERION [options]',
    says: "a criterion's formula with this run's numbers, and where each came from",
    options: [...EVALUATING, 'json', 'help'],
    example: 'certify explain test_coverage',
  },
  validate: {
    usage: 'certify validate [options]',
    says: 'checks the config alone: every problem at once, with its place and fix',
    options: ['config', 'json', 'help'],
    example: 'certify validate --config .github/certification.yml',
  },
}

/** Throws CertifyError (code `usage`) naming what is wrong and what is allowed. */
export function parseArguments(argv: string[], terminal: { isTTY?: boolean; columns?: number }): Invocation | { help: string } {
  const command = argv[0]
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return { help: overview() }
  if (command === '--version' || command === '-v') return { help: `certify ${VERSION}\n` }
  if (!isCommand(command)) {
    throw new CertifyError('usage', `there is no command "${command.slice(0, 40)}"`, {
      hint: `one of: ${COMMANDS.join(', ')}; see certify --help`,
    })
  }
  const { values, positionals } = parse(command, argv.slice(1))
  if (values.help === true) return { help: helpOf(command) }
  const tooMany = command === 'inspect' ? undefined : positionals[command === 'explain' ? 1 : 0]
  if (tooMany !== undefined) {
    throw new CertifyError('usage', `certify ${command} takes no "${tooMany.slice(0, 80)}"`, {
      hint: `certify ${command} --help`,
    })
  }
  return {
    command,
    config: { path: text(values.config) ?? CONFIG_PATHS[0], named: values.config !== undefined },
    evidence: (values.evidence as string[] | undefined) ?? [],
    artifacts: [],
    level: text(values.level),
    failOn: failOn(text(values['fail-on'])),
    reportDir: text(values['report-dir']) ?? 'certify-report',
    json: values.json === true,
    dryRun: false,
    name: 'certify',
    operands: positionals,
    colour: terminal.isTTY === true && !process.env.NO_COLOR,
    width: Math.max(60, Math.min(terminal.columns ?? 100, 140)),
  }
}

function parse(command: Command, args: string[]) {
  const options = Object.fromEntries(
    COMMANDS_HELP[command].options.map((name) => {
      const option: Option = OPTIONS[name]
      return [name, { type: option.type, multiple: option.multiple ?? false, ...(name === 'help' ? { short: 'h' } : {}) }]
    }),
  )
  const hint = `certify ${command} --help`
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
    const empty = Object.entries(parsed.values).find(([, value]) => [value].flat().includes(''))
    if (empty) throw new CertifyError('usage', `--${empty[0]} is empty`, { hint })
    return parsed
  } catch (error) {
    if (error instanceof CertifyError) throw error
    // node:util goes on with advice on further lines; the first sentence says what is wrong.
    const [message] = (error as Error).message.split(/\.?\s*\n|\. /)
    throw new CertifyError('usage', message!.slice(0, 160), { hint, cause: error })
  }
}

function failOn(value: string | undefined): Invocation['failOn'] {
  const known = FAIL_ON.find((word) => word === (value ?? 'failed'))
  if (known) return known
  throw new CertifyError('usage', `--fail-on does not know "${value?.slice(0, 40)}"`, { hint: `one of: ${FAIL_ON.join(', ')}` })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isCommand(word: string): word is Command {
  return (COMMANDS as readonly string[]).includes(word)
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((c) => c.length))
  const rows = COMMANDS.map((c) => `  ${c.padEnd(width)}  ${COMMANDS_HELP[c].says}`)
  return `certify ${VERSION}: is this commit ready for production, who says so, and on what evidence?\n\n${rows.join('\n')}\n\ncertify COMMAND --help tells more.\nExit: 0 passed or waiting for an approval; 1 failed; 2 could not judge.\n`
}

function helpOf(command: Command): string {
  const { usage, says, options, example } = COMMANDS_HELP[command]
  const rows = options.map((name) => {
    const option: Option = OPTIONS[name]
    return [`--${name}${option.takes ? ` ${option.takes}` : ''}`, option.says] as const
  })
  const width = Math.max(...rows.map(([flag]) => flag.length))
  return `${usage}\n\n${says}\n\n${rows.map(([flag, what]) => `  ${flag.padEnd(width)}  ${what}`).join('\n')}\n\nexample: ${example}\n`
}
