// Plays a workflow from its event to its end, as GitHub would: jobs in the order of their needs, called workflows, environments.
import type { Job } from '../github/state.ts'
import { type Contexts, filledIn, holds, type Status, textsIn } from './expression.ts'
import { type Ended, type JobEnd, type JobFile, listOf, type Result, type RunEnd, together } from './model.ts'
import { type Permissions, permissionsOf, RESTRICTED, readOnly, tokenOf } from './permissions.ts'
import { waitedFor } from './reviewers.ts'
import { playSteps } from './runner.ts'
import { ancestors, contextsOf, type Scope } from './scope.ts'
import { parsed, refuseToStart } from './starting.ts'
import { headOf, lookupIn, startedBy, type World } from './world.ts'

/** Throws `startup_failure: ...` where GitHub would not start it. */
export function play(world: World, file: string): Promise<RunEnd> {
  return new Play(world, 1, null, false).run(file)
}

/** `failed`: jobs that succeeded stay as they are, unless one that they need runs again. */
export function playAgain(world: World, file: string, before: RunEnd, which: 'all' | 'failed'): Promise<RunEnd> {
  return new Play(world, before.attempt + 1, before, which === 'failed').run(file)
}

class Play {
  private readonly jobs: JobEnd[] = []
  private readonly ended = new Map<string, Ended>()
  private readonly again = new Set<string>()
  private readonly refused: string[] = []
  private cancelled = false

  constructor(
    private readonly world: World,
    private readonly attempt: number,
    private readonly before: RunEnd | null,
    private readonly onlyFailed: boolean,
  ) {}

  async run(file: string): Promise<RunEnd> {
    const { world, attempt } = this
    const source = parsed(file, world.workflows[file] ?? '')
    const lookup = lookupIn(world.workflows)
    refuseToStart(source, null, lookup)
    const { state } = world.github
    state.addRun(world.run, {
      event: world.event.name,
      head_sha: headOf(world),
      head_branch: world.event.ref.replace('refs/heads/', ''),
      path: file,
      run_attempt: attempt,
      actor: world.actor,
      triggering: Array.from({ length: attempt }, (_, at) => startedBy(world, at + 1)),
    })
    const scope: Scope = {
      ...source,
      prefix: '',
      names: '',
      inputs: (world.event.payload.inputs ?? {}) as Record<string, unknown>,
      secrets: world.secrets,
      given: RESTRICTED,
      above: [],
    }
    const before = state.permissions
    try {
      await this.playScope(scope)
    } finally {
      state.permissions = before
    }
    const results = [...this.ended].filter(([path]) => !path.includes('/')).map(([, { result }]) => result)
    const conclusion = this.cancelled ? 'cancelled' : together(results)
    return { attempt, conclusion, jobs: this.jobs, ended: this.ended, refused: this.refused }
  }

  private async playScope(scope: Scope): Promise<Map<string, Ended>> {
    const open = new Map(Object.entries(scope.workflow.jobs))
    const done = new Map<string, Ended>()
    while (open.size > 0) {
      const next = [...open].find(([, job]) => listOf(job.needs).every((need) => done.has(need)))
      if (next === undefined)
        throw new Error(`jobs that need each other, or nothing that is there: ${[...open.keys()].join(', ')}`)
      const [id, job] = next
      open.delete(id)
      const end = await this.playJob(scope, id, job, done)
      this.world.after[scope.prefix + id]?.()
      done.set(id, end)
      this.ended.set(scope.prefix + id, end)
    }
    return done
  }

  private async playJob(scope: Scope, id: string, job: JobFile, done: ReadonlyMap<string, Ended>): Promise<Ended> {
    const path = scope.prefix + id
    const needs = Object.fromEntries(listOf(job.needs).map((need) => [need, done.get(need)!]))
    const runsAgain = listOf(job.needs).some((need) => this.again.has(scope.prefix + need)) || this.again.has(scope.prefix)
    const kept = this.kept(path, runsAgain) ?? this.forced(scope, path, job, needs)
    if (kept !== null) return kept
    if (job.uses === undefined) this.again.add(path)
    const above = [...ancestors(id, scope).map((need) => done.get(need)!.result), ...scope.above]
    const status: Status = {
      success: above.every((one) => one === 'success') && !this.cancelled,
      failure: above.includes('failure'),
      cancelled: this.cancelled,
    }
    const contexts = { ...contextsOf(scope, this.world, this.attempt), needs }
    if (!holds(job.if, contexts, status)) return this.notRun(scope, id, job)
    if (job.uses !== undefined) return this.call(scope, id, job, contexts, above, runsAgain)
    return this.playMatrix(scope, id, job, contexts)
  }

  private forced(scope: Scope, path: string, job: JobFile, needs: Record<string, Ended>): Ended | null {
    const said = this.world.forced[path]
    if (said?.steps === undefined) return said ?? null
    const steps = Object.fromEntries(Object.entries(said.steps).map(([id, outputs]) => [id, { outputs }]))
    const { world, attempt } = this
    return { result: said.result, outputs: textsIn(job.outputs, { ...contextsOf(scope, world, attempt), needs, steps }) }
  }

  /** What an earlier attempt has of it, where this one need not run it again. */
  private kept(path: string, runsAgain: boolean): Ended | null {
    const earlier = this.before?.ended.get(path)
    if (!this.onlyFailed || earlier === undefined || runsAgain) return null
    const inside = this.before!.jobs.filter(
      (one) => one.path === path || one.path.startsWith(`${path}/`) || one.path.startsWith(`${path} (`),
    )
    if (earlier.result !== 'success' && earlier.result !== 'skipped') return null
    if (!inside.every(({ result }) => result === 'success' || result === 'skipped')) return null
    this.jobs.push(...inside)
    for (const [inner, end] of this.before!.ended) if (inner.startsWith(`${path}/`)) this.ended.set(inner, end)
    return earlier
  }

  private notRun(scope: Scope, id: string, job: JobFile): Ended {
    const end: Ended = { result: this.cancelled ? 'cancelled' : 'skipped', outputs: {} }
    this.jobs.push({
      ...end,
      path: scope.prefix + id,
      name: this.nameOf(scope, id, job, {}),
      attempt: this.attempt,
      environment: null,
      steps: [],
    })
    this.tell(this.jobs.at(-1)!)
    return end
  }

  private async call(
    scope: Scope,
    id: string,
    job: JobFile,
    contexts: Contexts,
    above: Result[],
    runsAgain: boolean,
  ): Promise<Ended> {
    const { path, text } = lookupIn(this.world.workflows)(job.uses!, scope.path)
    const source = parsed(path, text)
    const call = source.workflow.on.workflow_call
    const given = filledIn(job.with ?? {}, contexts) as Record<string, unknown>
    const defaults = Object.entries(call?.inputs ?? {}).map(([name, { default: value, type }]) => [
      name,
      value ?? (type === 'string' ? '' : null),
    ])
    const secrets = job.secrets === 'inherit' ? scope.secrets : textsIn(job.secrets, contexts)
    const prefix = `${scope.prefix}${id}/`
    if (runsAgain) this.again.add(prefix)
    const done = await this.playScope({
      ...source,
      prefix,
      names: `${this.nameOf(scope, id, job, contexts)} / `,
      inputs: { ...Object.fromEntries(defaults), ...given },
      secrets,
      given: permissionsOf(job.permissions ?? scope.workflow.permissions, scope.given),
      above,
    })
    if ([...this.again].some((one) => one.startsWith(prefix))) this.again.add(scope.prefix + id)
    const jobs = Object.fromEntries(done)
    const values = Object.fromEntries(Object.entries(call?.outputs ?? {}).map(([name, { value }]) => [name, value]))
    return {
      result: together([...done.values()].map(({ result }) => result)),
      outputs: textsIn(values, { ...contextsOf(scope, this.world, this.attempt), jobs }),
    }
  }

  private async playMatrix(scope: Scope, id: string, job: JobFile, contexts: Contexts): Promise<Ended> {
    if (job.strategy === undefined) return this.playOne(scope, id, job, scope.prefix + id, contexts)
    const vectors = filledIn(job.strategy.matrix, contexts) as Record<string, unknown[]>
    for (const [name, values] of Object.entries(vectors))
      if (!Array.isArray(values) || values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`)
    const rows = Object.entries(vectors).reduce<Record<string, unknown>[]>(
      (all, [name, values]) => all.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
      [{}],
    )
    const ends: Ended[] = []
    for (const [at, matrix] of rows.entries()) {
      const path = `${scope.prefix}${id} (${Object.values(matrix).join(', ')})`
      const here = { ...contexts, matrix, strategy: { 'job-index': at, 'job-total': rows.length } }
      const stopped = job.strategy['fail-fast'] !== false && ends.some(({ result }) => result === 'failure')
      ends.push(stopped ? this.stopped(scope, id, job, path, here) : await this.playOne(scope, id, job, path, here))
    }
    // The last to end wins, and one that never started says nothing.
    const outputs = Object.assign(
      {},
      ...ends.map((end) => Object.fromEntries(Object.entries(end.outputs).filter(([, value]) => value !== ''))),
    )
    return { result: together(ends.map(({ result }) => result)), outputs }
  }

  private stopped(scope: Scope, id: string, job: JobFile, path: string, contexts: Contexts): Ended {
    const end: Ended = { result: 'cancelled', outputs: {} }
    this.jobs.push({
      ...end,
      path,
      name: this.nameOf(scope, id, job, contexts),
      attempt: this.attempt,
      environment: null,
      steps: [],
    })
    this.tell(this.jobs.at(-1)!)
    return end
  }

  private async playOne(scope: Scope, id: string, job: JobFile, path: string, contexts: Contexts): Promise<Ended> {
    const { world, attempt } = this
    const written = job.environment
    const environment =
      written === undefined ? '' : String(filledIn(typeof written === 'string' ? written : written.name, contexts) ?? '')
    const end: JobEnd = {
      path,
      name: this.nameOf(scope, id, job, contexts),
      attempt,
      environment: environment || null,
      result: 'failure',
      outputs: {},
      steps: [],
    }
    this.jobs.push(end)
    const { github, reviewers: script, members, run } = world
    const started = [world.actor, startedBy(world, attempt)]
    const waiting = { github, script, members, run, started, refused: this.refused }
    const becomes = environment === '' ? 'starts' : await waitedFor(environment, waiting)
    if (becomes === 'cancelled' || world.cancelledAt.includes(path)) {
      this.cancelled = true
      end.result = 'cancelled'
    } else if (becomes === 'starts') {
      const asked = permissionsOf(job.permissions ?? scope.workflow.permissions, scope.given)
      github.state.permissions = tokenOf(world.fork ? readOnly(asked) : asked)
      const env = {
        ...sigstoreFor(asked, world),
        ...textsIn(scope.workflow.env, contexts),
        ...textsIn(job.env, contexts),
        GITHUB_JOB: id,
      }
      Object.assign(end, await playSteps(job, world, attempt, contexts, env))
    }
    this.tell(end)
    for (const step of end.steps) world.shown(path, step)
    return { result: end.result, outputs: end.outputs }
  }

  private nameOf(scope: Scope, id: string, job: JobFile, contexts: Contexts): string {
    return (
      scope.names +
      (job.name === undefined ? id : String(filledIn(job.name, { matrix: {}, inputs: {}, needs: {}, github: {}, ...contexts })))
    )
  }

  /** To the API's list of this attempt's jobs. */
  private tell({ name, result }: JobEnd): void {
    const job: Job = { name, status: 'completed', conclusion: result }
    this.world.github.state.jobs.get(this.world.run)!.push(job)
  }
}

/** Who it is a job may prove only where it has leave to. */
function sigstoreFor(asked: Permissions, { sigstore }: World): Record<string, string> {
  const proves = asked['id-token'] === 'write'
  return Object.fromEntries(Object.entries(sigstore).filter(([name]) => proves || !name.startsWith('ACTIONS_ID_TOKEN_')))
}
