// Reads the command line. What it may say is data (COMMANDS_HELP); node:util does the parsing.
import { parseArgs } from 'node:util'
import { CONFIG_PATHS, type Command, FAIL_ON, type Invocation, STANDARD } from '../app/invocation.ts'
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
  ledger: {
    type: 'string',
    takes: 'PLACE',
    says: 'folder, branch, https://HOST/OWNER/REPO or off; default: .certify/ledger',
  },
  'expect-head': {
    type: 'string',
    takes: 'HASH',
    says: 'a head known from elsewhere, which must be in the chain',
  },
  out: {
    type: 'string',
    takes: 'PATH',
    says: 'collect: the file (certify-evidence.json); ledger: the folder, new or empty',
  },
  commit: { type: 'string', takes: 'SHA', says: 'what the reports are of; default: what is checked out' },
  last: { type: 'string', takes: 'N', says: 'how many records, newest first' },
  reviewers: { type: 'string', takes: 'LIST', says: 'logins and org/team, divided by commas' },
  yes: { type: 'boolean', says: 'changes without asking' },
  'dry-run': { type: 'boolean', says: 'prints what would be written; nothing is' },
  json: { type: 'boolean', says: 'exactly one JSON document on stdout' },
  help: { type: 'boolean', says: 'this text' },
} as const satisfies Record<string, Option>

type OptionName = keyof typeof OPTIONS

/** `record` and `gate` are jobs of the Action alone. */
type LaptopCommand = Exclude<Command, 'record' | 'gate'>

interface CommandHelp {
  usage: string
  says: string
  options: OptionName[]
  /** How many words it takes beside its options; default: none. */
  operands?: number
  example: string
}

const EVALUATING: OptionName[] = ['config', 'evidence', 'level', 'ledger']

const COMMANDS_HELP: Record<LaptopCommand, CommandHelp> = {
  evaluate: {
    usage: 'certify evaluate [options]',
    says: 'judges this folder: reports in, four levels and four gates decided, report written',
    options: [...EVALUATING, 'report-dir', 'fail-on', 'json', 'help'],
    example: 'certify evaluate --level 2',
  },
  inspect: {
    usage: 'certify inspect FILE... [options]',
    operands: Number.POSITIVE_INFINITY,
    says: 'what each report says; nothing is judged',
    options: ['json', 'help'],
    example: 'certify inspect coverage/lcov.info',
  },
  collect: {
    usage: 'certify collect [options]',
    says: "one job's reports as one small bundle, which a later job judges with those of other jobs",
    options: ['evidence', 'config', 'commit', 'out', 'json', 'help'],
    example: "certify collect --evidence 'reports/**'",
  },
  explain: {
    usage: 'certify explain [CRITERION | LEVEL] [options]',
    operands: 1,
    says: "a criterion's formula with this run's numbers; without one the shortest path to the next level",
    options: [...EVALUATING, 'json', 'help'],
    example: 'certify explain test_coverage',
  },
  validate: {
    usage: 'certify validate [options]',
    says: 'checks the config alone: every problem at once, with its place and fix',
    options: ['config', 'json', 'help'],
    example: 'certify validate --config .github/certification.yml',
  },
  init: {
    usage: 'certify init [config | workflow] [options]',
    says: 'finds the reports this folder makes and writes a config and a workflow for them',
    operands: 1,
    options: ['dry-run', 'json', 'help'],
    example: 'certify init --dry-run',
  },
  doctor: {
    usage: 'certify doctor [options]',
    says: 'is the repository set up so that the gates really hold?',
    options: ['config', 'fail-on', 'json', 'help'],
    example: 'certify doctor',
  },
  setup: {
    usage: 'certify setup --reviewers LIST [options]',
    says: 'makes the environments of the gates, after asking',
    options: ['config', 'reviewers', 'yes', 'dry-run', 'json', 'help'],
    example: 'certify setup --reviewers alice,acme/release',
  },
  baseline: {
    usage: 'certify baseline [options]',
    says: 'records this run as the first to compare with, where it lacks nothing but a baseline',
    options: [...EVALUATING, 'json', 'help'],
    example: 'certify baseline',
  },
  replay: {
    usage: 'certify replay RECORD [options]',
    says: 'recomputes a recorded decision offline: the same bytes, or the first difference',
    operands: 1,
    options: ['ledger', 'json', 'help'],
    example: 'certify replay 12',
  },
  simulate: {
    usage: 'certify simulate --config FILE [options]',
    says: 'the last recorded runs under another policy: which verdicts would differ, and why',
    options: ['config', 'last', 'ledger', 'json', 'help'],
    example: 'certify simulate --config stricter.yml --last 50',
  },
  ledger: {
    usage: 'certify ledger (log | show N | verify | export --out DIR) [options]',
    says: 'what is recorded, one record whole, whether the chain holds, all of it as a folder',
    operands: 2,
    options: ['last', 'expect-head', 'out', 'ledger', 'json', 'help'],
    example: 'certify ledger verify --expect-head 3f9a0c51d2e4',
  },
}

/** Throws CertifyError (code `usage`) naming what is wrong and what is allowed. */
export function parseArguments(argv: string[], terminal: { isTTY?: boolean; columns?: number }): Invocation | { help: string } {
  const command = argv[0]
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return { help: overview() }
  if (command === '--version' || command === '-v') return { help: `certify ${VERSION}\n` }
  if (!isCommand(command)) {
    throw new CertifyError('usage', `there is no command "${command.slice(0, 40)}"`, {
      hint: `one of: ${Object.keys(COMMANDS_HELP).join(', ')}; see certify --help`,
    })
  }
  const { values, positionals } = parse(command, argv.slice(1))
  if (values.help === true) return { help: helpOf(command) }
  const tooMany = positionals[COMMANDS_HELP[command].operands ?? 0]
  if (tooMany !== undefined) {
    throw new CertifyError('usage', `certify ${command} takes no "${tooMany.slice(0, 80)}"`, {
      hint: `certify ${command} --help`,
    })
  }
  return {
    ...STANDARD,
    command,
    config: { path: text(values.config) ?? CONFIG_PATHS[0], named: values.config !== undefined },
    evidence: (values.evidence as string[] | undefined) ?? STANDARD.evidence,
    level: text(values.level),
    failOn: failOn(text(values['fail-on'])),
    reportDir: text(values['report-dir']) ?? STANDARD.reportDir,
    json: values.json === true,
    dryRun: values['dry-run'] === true,
    operands: positionals,
    ledger: text(values.ledger),
    expectHead: expectedHead(text(values['expect-head'])),
    out: text(values.out),
    commit: commitOf(text(values.commit)),
    last: lastOf(text(values.last)),
    reviewers: (text(values.reviewers) ?? '').split(',').flatMap((one) => one.trim() || []),
    yes: values.yes === true,
    colour: terminal.isTTY === true && !process.env.NO_COLOR,
    width: Math.max(60, Math.min(terminal.columns ?? 100, 140)),
  }
}

function parse(command: LaptopCommand, args: string[]) {
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

function expectedHead(value: string | undefined): string | undefined {
  if (value === undefined || /^[0-9a-f]{12,64}$/.test(value)) return value
  throw new CertifyError('usage', `--expect-head is no hash: "${value.slice(0, 80)}"`, {
    hint: 'the head as a summary shows it, at least 12 hex digits',
  })
}

function commitOf(value: string | undefined): string | undefined {
  if (value === undefined || /^[0-9a-f]{7,64}$/i.test(value)) return value?.toLowerCase()
  throw new CertifyError('usage', `--commit is no commit: "${value.slice(0, 80)}"`, { hint: 'at least 7 hex digits of it' })
}

function lastOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value)
  throw new CertifyError('usage', `--last is "${value.slice(0, 40)}", not a number of records`, { hint: 'for example --last 50' })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isCommand(word: string): word is LaptopCommand {
  return Object.hasOwn(COMMANDS_HELP, word)
}

function overview(): string {
  const commands = Object.keys(COMMANDS_HELP) as LaptopCommand[]
  const width = Math.max(...commands.map((c) => c.length))
  const rows = commands.map((c) => `  ${c.padEnd(width)}  ${COMMANDS_HELP[c].says}`)
  return `certify ${VERSION}: is this commit ready for production, who says so, and on what evidence?\n\n${rows.join('\n')}\n\ncertify COMMAND --help tells more.\nExit: 0 passed or waiting for an approval; 1 failed; 2 could not judge.\n`
}

function helpOf(command: LaptopCommand): string {
  const { usage, says, options, example } = COMMANDS_HELP[command]
  const rows = options.map((name) => {
    const option: Option = OPTIONS[name]
    return [`--${name}${option.takes ? ` ${option.takes}` : ''}`, option.says] as const
  })
  const width = Math.max(...rows.map(([flag]) => flag.length))
  return `${usage}\n\n${says}\n\n${rows.map(([flag, what]) => `  ${flag.padEnd(width)}  ${what}`).join('\n')}\n\nexample: ${example}\n`
}
