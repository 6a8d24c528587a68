// The Action's inputs as an invocation. Every wrong value is said at once.
import { getInput, getMultilineInput } from '@actions/core'
import type { CommentMode } from '../adapters/github/comment.ts'
import { CONFIG_PATHS, FAIL_ON, type Invocation, STANDARD } from '../app/invocation.ts'
import { LEVEL_NAMES } from '../model/level.ts'
import { CertifyError, type Problem } from '../model/problem.ts'

export interface ActionInputs {
  invocation: Invocation
  comment: CommentMode
  token: string | null
  /** Run whose artifacts are read; null: this one. */
  runId: number | null
}

const COMMANDS = ['evaluate', 'collect', 'record', 'gate', 'issue', 'verify', 'revoke', 'recertify', 'doctor'] as const
const COMMENT_MODES: readonly CommentMode[] = ['always', 'changes', 'failures', 'never']

/** Throws CertifyError with a problem for each input that cannot be used. */
export function readInputs(): ActionInputs {
  const problems: Problem[] = []
  const oneOf = <T extends string>(input: string, allowed: readonly T[], standard: T): T => {
    const given = getInput(input) || standard
    const known = allowed.find((word) => word === given)
    if (known === undefined) problems.push(wrong(input, given, `one of: ${allowed.join(', ')}`))
    return known ?? standard
  }
  const config = getInput('config') || CONFIG_PATHS[0]
  const runId = getInput('run-id')
  if (runId !== '' && !/^[1-9]\d{0,14}$/.test(runId)) problems.push(wrong('run-id', runId, 'the number of a workflow run'))
  const name = getInput('name') || STANDARD.name
  if (!/^[\w .:/-]{1,60}$/.test(name)) problems.push(wrong('name', name, 'at most 60 letters, digits, spaces and . : / - _'))
  const level = getInput('level')
  if (level !== '' && !LEVEL_NAMES.includes(level)) problems.push(wrong('level', level, `one of: ${LEVEL_NAMES.join(', ')}`))
  const recordDigest = getInput('record-digest')
  if (recordDigest !== '' && !/^sha256:[0-9a-f]{64}$/.test(recordDigest))
    problems.push(wrong('record-digest', recordDigest, 'the output record-digest of the evaluating job, sha256:...'))
  const gate = getInput('gate')
  if (gate !== '' && !/^[1-4]$/.test(gate)) problems.push(wrong('gate', gate, '1, 2, 3 or 4'))
  const commit = getInput('commit').toLowerCase()
  if (commit !== '' && !/^[0-9a-f]{40,64}$/.test(commit)) problems.push(wrong('commit', commit, 'the full hash of a commit'))
  const policyDigest = getInput('policy-digest')
  if (policyDigest !== '' && !/^sha256:[0-9a-f]{64}$/.test(policyDigest))
    problems.push(wrong('policy-digest', policyDigest, 'sha256:... as result.json has it under config.digest'))
  const expectHead = getInput('expect-head')
  if (expectHead !== '' && !/^[0-9a-f]{12,64}$/.test(expectHead))
    problems.push(wrong('expect-head', expectHead, 'a head as a summary shows it, at least 12 hex digits'))
  const inputs: ActionInputs = {
    invocation: {
      ...STANDARD,
      command: oneOf('command', COMMANDS, 'evaluate'),
      config: { path: config, named: config !== CONFIG_PATHS[0] },
      evidence: getMultilineInput('evidence'),
      artifacts: getMultilineInput('artifacts'),
      level: level || undefined,
      failOn: oneOf('fail-on', FAIL_ON, STANDARD.failOn),
      reportDir: getInput('report-dir') || STANDARD.reportDir,
      dryRun: oneOf('dry-run', ['true', 'false'], 'false') === 'true',
      name,
      out: getInput('out') || undefined,
      recordDigest: recordDigest || undefined,
      gate: gate === '' ? undefined : Number(gate),
      phase: oneOf('phase', ['preflight', 'inside', 'confirm', 'go-live'], STANDARD.phase),
      environment: getInput('environment') || undefined,
      snapshot: getInput('snapshot') || undefined,
      after: getMultilineInput('after'),
      approval: getInput('approval') || undefined,
      commit: commit || undefined,
      subjects: getMultilineInput('subject'),
      certificate: getInput('certificate') || undefined,
      reason: getInput('reason') || undefined,
      ref: getInput('ref') || undefined,
      policyDigest: policyDigest || undefined,
      trustedRoot: getInput('trusted-root') || undefined,
      expectHead: expectHead || undefined,
      runUrl: `${process.env.GITHUB_SERVER_URL}/${process.env.GITHUB_REPOSITORY}/actions/runs/${process.env.GITHUB_RUN_ID}`,
      colour: !process.env.NO_COLOR,
      width: 120,
    },
    comment: oneOf('comment', COMMENT_MODES, 'changes'),
    token: getInput('token') || null,
    runId: runId === '' ? null : Number(runId),
  }
  if (problems.length > 0) throw new CertifyError('inputs_invalid', 'the step has inputs that cannot be used', { problems })
  return inputs
}

function wrong(input: string, given: string, allowed: string): Problem {
  return { code: 'input_invalid', message: `the input ${input} is "${given.slice(0, 60)}"`, hint: allowed }
}
