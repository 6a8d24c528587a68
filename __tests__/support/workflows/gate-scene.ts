// A push to main that has come as far as its gates, played with the real workflows and the real bundle, and what is seen of it.
import { GitHub } from '../github/server.ts'
import { FOUR_LEVELS, fourLevelFiles, RELEASE } from './four-levels.ts'
import type { JobEnd, RunEnd } from './model.ts'
import { play, playAgain } from './play.ts'
import { type World, type WorldChange, worldOf } from './world.ts'

export const RELEASE_FILE = '.github/workflows/release.yml'
export const SHA = 'a'.repeat(40)

/** As a gate's environment has to be: people are asked, nobody approves what they started, no admin goes past. */
export const SAFE = { reviewers: ['bob', 'carol'], preventSelfReview: true, adminsBypass: false, branches: ['main'] }

export interface Scene {
  github: GitHub
  world: World
  /** The policy of the default branch from now on. */
  policy(change: (text: string) => string): void
}

/** ann wrote the commit, alice pushed it, bob and carol review. The run's target is gate 3 unless told otherwise. */
export async function gateScene(change: Partial<WorldChange> = {}, target = 3): Promise<Scene> {
  const github = await GitHub.start({ permissions: {} })
  const { state } = github
  const policy: Scene['policy'] = (edit) =>
    state.addFile(
      'main',
      '.github/certification.yml',
      edit(FOUR_LEVELS.replace('push: 4', `push: ${target}, pull_request: ${target}`)),
    )
  policy((text) => text)
  for (const gate of [3, 4]) state.addEnvironment(`certify-gate-${gate}`, SAFE)
  state.addCommit('b'.repeat(40), null, 'ann')
  state.addCommit(SHA, 'b'.repeat(40), 'ann')
  state.addPush('b'.repeat(40), SHA, 'alice')
  state.collaborators.set('alice', 'write')
  const world = worldOf({ github, workflows: { [RELEASE_FILE]: RELEASE }, files: fourLevelFiles(), ...change })
  return { github, world, policy }
}

export interface Seen {
  end: RunEnd
  /** Output `gate-state`. */
  state: string | undefined
  /** Exit codes of the action in preflight, in each environment, and in confirm; null: it did not run. */
  exits: { preflight: number | null; inside: (number | null)[]; confirm: number | null }
  /** Records after the evaluation, oldest first: `approval approved`, `gate.decision open`. */
  records: string[]
  check: { title: string | null; conclusion: string | null } | null
  /** What confirm says on its terminal, without colours. */
  text: string
  /** The brief in the summary of preflight. */
  brief: string
  decision: { result: string; verdict: string | undefined; proceed: string | undefined }
  /** The job that needs the gates. */
  deploy: string
}

export async function seen(
  { github, world }: Scene,
  gate = 3,
  again: { before: RunEnd; which: 'all' | 'failed' } | null = null,
): Promise<Seen> {
  const end = again === null ? await play(world, RELEASE_FILE) : await playAgain(world, RELEASE_FILE, again.before, again.which)
  const own = `certify/gate-${gate}`
  const job = (path: string): JobEnd | undefined => end.jobs.find((one) => one.path === path)
  const exit = (found: JobEnd | undefined): number | null => found?.steps.find(isAction)?.exit ?? null
  const decided = end.ended.get('certify/decision')
  const check = github.state.checkRuns.at(-1)
  return {
    end,
    state: job(`${own}/confirm`)?.outputs['gate-state'],
    exits: {
      preflight: exit(job(`${own}/preflight`)),
      inside: end.jobs.filter(({ path }) => path.startsWith(`${own}/wait (`)).map(exit),
      confirm: exit(job(`${own}/confirm`)),
    },
    records: recordsOf(github).flatMap((one) => (one.type === 'evaluation' ? [] : [`${one.type} ${one.state}`])),
    check: check === undefined ? null : { title: check.title, conclusion: check.conclusion },
    text: plain(logOf(job(`${own}/confirm`))),
    brief: job(`${own}/preflight`)?.steps.find(isAction)?.summary ?? '',
    decision: { result: decided?.result ?? '', verdict: decided?.outputs.verdict, proceed: decided?.outputs.proceed },
    deploy: end.ended.get('deploy')?.result ?? '',
  }
}

const isAction = ({ name }: { name: string }): boolean => name === 'gate' || name.startsWith('OWNER/certify@')

export function logOf(job: JobEnd | undefined): string {
  return plain((job?.steps ?? []).map(({ log }) => log).join('\n'))
}

function plain(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '')
}

interface Recorded {
  type: string
  state: string | undefined
  data: Record<string, unknown>
}

/** The ledger's records, oldest first. */
export function recordsOf({ state }: GitHub): Recorded[] {
  const files = [...state.git.files('certify-ledger')].filter(([path]) => /^records\//.test(path))
  const records = files.map(
    ([, bytes]) =>
      JSON.parse(Buffer.from(bytes).toString()) as { header: { seq: number; type: string }; data: Record<string, unknown> },
  )
  return records
    .sort((a, b) => a.header.seq - b.header.seq)
    .map(({ header, data }) => ({
      type: header.type,
      state: ((data.approval as { state?: string } | undefined)?.state ?? data.state) as string | undefined,
      data,
    }))
}
