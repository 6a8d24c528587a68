// The example of the fork pair, played: the read-only half on a fork's pull request, and the trusted half after it.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from '../../../src/app/judge.ts'
import { judgeableOf, recordOf, settle } from '../../../src/app/ledger/evaluation.ts'
import { pendingText } from '../../../src/app/ledger/pending.ts'
import { digestOf } from '../../../src/config/digest.ts'
import type { ResolvedPolicy } from '../../../src/model/config.ts'
import type { EvaluationData, RecordedFacts } from '../../../src/model/evaluation.ts'
import type { Draft } from '../../../src/model/ledger.ts'
import { REPORTED_SCHEMA } from '../../../src/model/pending.ts'
import { addForkPull, addForkRun, endOf } from '../github/fork.ts'
import { GitHub } from '../github/server.ts'
import type { Pull, WorkflowRun } from '../github/state.ts'
import { zip } from '../github/zip.ts'
import type { JobEnd, RunEnd } from './model.ts'
import { play } from './play.ts'
import { unzip } from './unzip.ts'
import { pullRequest, worldOf } from './world.ts'

const EXAMPLE = 'examples/fork-pair'
export const CI = '.github/workflows/ci.yml'
export const TRUSTED = '.github/workflows/certify-fork.yml'
const POLICY = '.github/certification.yml'
export const MAIN = 'd'.repeat(40)

/** What a checkout of the example brings. */
export function exampleFiles(): Record<string, string> {
  const paths = readdirSync(EXAMPLE, { recursive: true, encoding: 'utf8' })
  const files = paths.filter((path) => !/^(?:reports|certify-report)\b/.test(path) && statSync(join(EXAMPLE, path)).isFile())
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(EXAMPLE, path), 'utf8')]))
}

export interface Pair {
  github: GitHub
  pull: Pull
  /** The fork's run, once the read-only half has been played or made up. */
  run: WorkflowRun
}

/** The repository with the example's policy, and its open pull request 7 from a fork. */
export async function pairOf(): Promise<Pair> {
  const github = await GitHub.start({ permissions: {} })
  const { state } = github
  const pull = addForkPull(state, 7)
  for (const ref of [state.defaultBranch, pull.head.sha]) state.addFile(ref, POLICY, exampleFiles()[POLICY]!)
  return { github, pull, run: addForkRun(state, 1001, pull) }
}

/** `files` replace the fork's own. */
export async function readOnlyHalf({ github, pull, run }: Pair, files: Record<string, string> = {}): Promise<RunEnd> {
  const workflows = { [CI]: exampleFiles()[CI]! }
  const world = worldOf({
    github,
    workflows,
    files: { ...exampleFiles(), ...files },
    event: pullRequest(github, pull),
    actor: run.actor,
    run: run.id,
    fork: true,
  })
  const end = await play(world, CI)
  Object.assign(github.state.runs.get(run.id)!, { head_repository: run.head_repository, head_branch: pull.head.ref })
  return end
}

/** What the end of that run starts, with the default branch's code. */
export async function trustedHalf(
  { github, run }: Pair,
  own = run.id + 1000,
  ended = github.state.runs.get(run.id)!,
): Promise<RunEnd> {
  const event = { name: 'workflow_run', payload: endOf(github, ended), ref: 'refs/heads/main', sha: MAIN }
  const workflows = { [TRUSTED]: exampleFiles()[TRUSTED]! }
  return play(worldOf({ github, workflows, event, actor: run.actor, run: own }), TRUSTED)
}

/** The step that runs certify. */
export function certified(end: RunEnd): JobEnd['steps'][number] {
  return end.jobs.flatMap((job) => job.steps).find((step) => step.name.startsWith('OWNER/certify@'))!
}

export interface Left {
  draft: Draft<EvaluationData>
  objects: Record<string, string>
  policy: ResolvedPolicy
  facts: RecordedFacts
}

/** What the read-only half left in its artifact. */
export function left({ github, run }: Pair): Left {
  const artifact = github.state.artifacts.findLast((one) => one.runId === run.id && one.name === 'certify-report')!
  const bytes = unzip(artifact.blob).get('evaluation.json')!
  const { drafts, objects } = JSON.parse(Buffer.from(bytes).toString()) as {
    drafts: Draft<EvaluationData>[]
    objects: Left['objects']
  }
  const draft = drafts[0]!
  const policy = JSON.parse(objects[`objects/${draft.data.policy!.object}.json`]!) as ResolvedPolicy
  return { draft, objects, policy, facts: draft.data.facts! }
}

/** The same file with other content, or other bytes, as the artifact that the run left. */
export function leave({ github, run }: Pair, content: Left | string | Uint8Array): void {
  const { state } = github
  const at = state.artifacts.findIndex((one) => one.runId === run.id && one.name === 'certify-report')
  if (at >= 0) state.artifacts.splice(at, 1)
  if (content instanceof Uint8Array) return void state.addArtifact(run.id, 'certify-report', content)
  const text =
    typeof content === 'string'
      ? content
      : pendingText([content.draft], new Map(Object.entries(content.objects)), 0, REPORTED_SCHEMA)
  state.addArtifact(run.id, 'certify-report', zip([{ path: 'evaluation.json', content: text }]))
}

/** A forgery that agrees with itself in every digest: judged anew from what was edited, by the tool's own means. */
export function forged(before: Left, edit: (left: Left) => void): Left {
  const copy = structuredClone(before)
  edit(copy)
  const { draft, facts } = copy
  const policy = { ...copy.policy, digest: digestOf(copy.policy.config) }
  const input = judgeableOf(draft.data, facts, policy)
  const { branch, main, earlier, seen, baseline } = draft.data
  const { data, objects } = recordOf(input, judge(input, settle(facts)), { branch, main, earlier, seen, baseline })
  return { ...copy, policy, facts: data.facts!, draft: { ...draft, data }, objects: Object.fromEntries(objects) }
}
