// Reads the command line. What it may say is data (command-help.ts); node:util does the parsing.
import { parseArgs } from 'node:util'
import { COMMANDS, CONFIG_PATHS, FAIL_ON, type Invocation, STANDARD } from '../app/invocation.ts'
import { VERSION } from '../app/version.ts'
import { LEVEL_NAMES } from '../model/level.ts'
import { CertifyError } from '../model/problem.ts'
import { COMMANDS_HELP, helpOf, type LaptopCommand, OPTIONS, type Option, overview } from './command-help.ts'

/** Throws CertifyError (code `usage`) naming what is wrong and what is allowed. */
export function parseArguments(argv: string[], terminal: { isTTY?: boolean; columns?: number }): Invocation | { help: string } {
  const command = argv[0]
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return { help: overview() }
  if (command === '--version' || command === '-v') return { help: `certify ${VERSION}\n` }
  if (!isCommand(command) && (COMMANDS as readonly string[]).includes(command)) {
    throw new CertifyError('usage', `"${command}" is for a workflow: it needs the run that it speaks of`, {
      hint: `a step with \`command: ${command}\`; the reusable workflows have one (docs/gates.md, docs/certificate.md)`,
    })
  }
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
    level: levelOf(text(values.level)),
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
    subjects: (values.artifact as string[] | undefined) ?? STANDARD.subjects,
    certificate: command === 'verify' ? positionals[0] : undefined,
    name: text(values.name) ?? STANDARD.name,
    repository: text(values.repository),
    ref: text(values.ref),
    policyDigest: digestOf(text(values['policy-digest'])),
    trustedRoot: text(values['trusted-root']),
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

function levelOf(value: string | undefined): string | undefined {
  if (value === undefined || LEVEL_NAMES.includes(value)) return value
  throw new CertifyError('usage', `--level is no level: "${value.slice(0, 40)}"`, {
    hint: `one of: ${LEVEL_NAMES.join(', ')}`,
  })
}

function expectedHead(value: string | undefined): string | undefined {
  if (value === undefined || /^[0-9a-f]{12,64}$/.test(value)) return value
  throw new CertifyError('usage', `--expect-head is no hash: "${value.slice(0, 80)}"`, {
    hint: 'the head as a summary shows it, at least 12 hex digits',
  })
}

function digestOf(value: string | undefined): string | undefined {
  if (value === undefined || /^sha256:[0-9a-f]{64}$/.test(value)) return value
  throw new CertifyError('usage', `--policy-digest is no digest: "${value.slice(0, 80)}"`, {
    hint: 'sha256:... as result.json has it under config.digest',
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
