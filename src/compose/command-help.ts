// What the command line may say: its commands and options as data, and the help made from them.
import { CONFIG_PATHS, type Command } from '../app/invocation.ts'
import { VERSION } from '../app/version.ts'

export interface Option {
  type: 'string' | 'boolean'
  multiple?: boolean
  takes?: string
  says: string
}

export const OPTIONS = {
  config: { type: 'string', takes: 'FILE', says: `the config; default: ${CONFIG_PATHS[0]}` },
  evidence: { type: 'string', multiple: true, takes: 'GLOB', says: 'more reports to read, as often as needed' },
  level: { type: 'string', takes: 'N', says: 'how far to get: 1..4, or component, integration, service, system' },
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
  artifact: {
    type: 'string',
    multiple: true,
    takes: 'FILE',
    says: 'a built file that the certificate has to name, as often as needed',
  },
  repository: { type: 'string', takes: 'REPO', says: 'OWNER/NAME whose certificate it has to be; default: that of origin' },
  name: { type: 'string', takes: 'NAME', says: 'which of several uses it has to be of; default: certify' },
  ref: { type: 'string', takes: 'REF', says: 'the ref it has to be of; default: the default branch' },
  'policy-digest': {
    type: 'string',
    takes: 'DIGEST',
    says: "the policy it has to be of, sha256:...; default: the work tree's",
  },
  'trusted-root': {
    type: 'string',
    takes: 'FILE',
    says: 'roots to trust signatures by: what `gh attestation trusted-root` prints',
  },
  last: { type: 'string', takes: 'N', says: 'how many records, newest first' },
  reviewers: { type: 'string', takes: 'LIST', says: 'logins and org/team, divided by commas' },
  yes: { type: 'boolean', says: 'changes without asking' },
  'dry-run': { type: 'boolean', says: 'prints what would be written; nothing is' },
  json: { type: 'boolean', says: 'exactly one JSON document on stdout' },
  help: { type: 'boolean', says: 'this text' },
} as const satisfies Record<string, Option>

type OptionName = keyof typeof OPTIONS

/** What is recorded, decided, issued or revoked for others is a job of the Action alone. */
export type LaptopCommand = Exclude<Command, 'record' | 'gate' | 'issue' | 'revoke' | 'recertify'>

interface CommandHelp {
  usage: string
  says: string
  options: OptionName[]
  /** How many words it takes beside its options; default: none. */
  operands?: number
  example: string
}

const EVALUATING: OptionName[] = ['config', 'evidence', 'level', 'ledger']

export const COMMANDS_HELP: Record<LaptopCommand, CommandHelp> = {
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
    usage: 'certify init [config | workflow | checklist] [options]',
    says: 'writes a config and a workflow for the reports made here, or a readiness checklist',
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
  verify: {
    usage: 'certify verify (CERTIFICATE | --commit SHA) [options]',
    says: 'the door check: does a certificate cover this commit or artifact, and does it hold now?',
    operands: 1,
    options: [
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
    example: 'certify verify certificate.json --artifact dist/app.tgz --level 3',
  },
  ledger: {
    usage: 'certify ledger (log | show N | verify | export --out DIR) [options]',
    says: 'what is recorded, one record whole, whether the chain holds, all of it as a folder',
    operands: 2,
    options: ['last', 'expect-head', 'out', 'ledger', 'json', 'help'],
    example: 'certify ledger verify --expect-head 3f9a0c51d2e4',
  },
}

export function overview(): string {
  const commands = Object.keys(COMMANDS_HELP) as LaptopCommand[]
  const width = Math.max(...commands.map((c) => c.length))
  const rows = commands.map((c) => `  ${c.padEnd(width)}  ${COMMANDS_HELP[c].says}`)
  return `certify ${VERSION}: is this commit ready for production, who says so, and on what evidence?\n\n${rows.join('\n')}\n\ncertify COMMAND --help tells more.\nExit: 0 passed or waiting for an approval; 1 failed; 2 could not judge.\n`
}

export function helpOf(command: LaptopCommand): string {
  const { usage, says, options, example } = COMMANDS_HELP[command]
  const rows = options.map((name) => {
    const option: Option = OPTIONS[name]
    return [`--${name}${option.takes ? ` ${option.takes}` : ''}`, option.says] as const
  })
  const width = Math.max(...rows.map(([flag]) => flag.length))
  return `${usage}\n\n${says}\n\n${rows.map(([flag, what]) => `  ${flag.padEnd(width)}  ${what}`).join('\n')}\n\nexample: ${example}\n`
}
