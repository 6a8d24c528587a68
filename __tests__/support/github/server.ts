// The stand-in for GitHub: an HTTP server that answers like api.github.com, and refuses what GitHub's description refuses.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Handler } from './answer.ts'
import { notFound } from './answer.ts'
import { ArtifactService } from './artifact-service.ts'
import { type JsonObject, problemsOf, routeOf } from './description.ts'
import { Faults, type Trouble } from './faults.ts'
import { answerGraphql } from './graphql.ts'
import { ACCEPTED, allowed } from './permissions.ts'
import { actions } from './routes/actions.ts'
import { attestations } from './routes/attestations.ts'
import { checks } from './routes/checks.ts'
import { comments } from './routes/comments.ts'
import { environments } from './routes/environments.ts'
import { git } from './routes/git.ts'
import { issues } from './routes/issues.ts'
import { people } from './routes/people.ts'
import { repository } from './routes/repository.ts'
import { settings } from './routes/settings.ts'
import { type PermissionLevel, State } from './state.ts'

const HANDLERS: Record<string, Handler> = {
  ...repository,
  ...checks,
  ...comments,
  ...actions,
  ...git,
  ...environments,
  ...people,
  ...issues,
  ...settings,
  ...attestations,
}

export interface RecordedRequest {
  method: string
  /** Route as GitHub's description names it; the path itself for other services. */
  route: string
  path: string
  query: Record<string, string>
  body: JsonObject | null
  status: number
  /** Of question and answer, without headers. */
  bytes: number
}

export interface GitHubOptions {
  permissions?: Record<string, PermissionLevel>
  private?: boolean
  token?: string
  /** Where a client has already settled on an address; else any free one. */
  port?: number
}

export class GitHub {
  readonly token: string
  readonly state: State
  readonly faults = new Faults()
  readonly requests: RecordedRequest[] = []
  /** Requests that GitHub's description does not allow, in words. Every test that talks to the API expects none. */
  readonly violations: string[] = []
  private readonly server: Server
  private readonly artifacts: ArtifactService
  private remaining = 1000

  private constructor(options: GitHubOptions) {
    this.token = options.token ?? 'ghs_standin'
    const granted = options.permissions ?? { contents: 'read', actions: 'read', checks: 'write', pull_requests: 'write' }
    this.state = new State(granted, options.private ?? true)
    this.artifacts = new ArtifactService(this.state, () => this.url)
    this.server = createServer((request, response) => void this.serve(request, response))
  }

  static async start(options: GitHubOptions = {}): Promise<GitHub> {
    const github = new GitHub(options)
    await new Promise<void>((done) => github.server.listen(options.port ?? 0, '127.0.0.1', done))
    return github
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }

  /** Requests to the API proper, without artifact storage. */
  get calls(): RecordedRequest[] {
    return this.requests.filter((r) => !this.artifacts.takes(r.path))
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const raw = Buffer.concat(parts)
    const url = new URL(request.url ?? '/', this.url)
    const method = request.method ?? 'GET'
    const record: RecordedRequest = {
      method,
      route: url.pathname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: null,
      status: 0,
      bytes: raw.length,
    }
    this.requests.push(record)
    try {
      const stored = this.artifacts.takes(url.pathname)
      const route = stored ? null : routeOf(method, url.pathname)
      record.route = route?.id ?? url.pathname
      const asked = `${method} ${record.route.replace(/^[A-Z]+ /, '')}`
      await this.faults.happen(asked)
      const trouble = this.faults.take(asked)
      if (trouble === 'hang') return
      if (trouble === 'reset-before') return void request.socket.destroy()
      if (trouble !== null && trouble !== 'reset-after') return this.send(response, record, troubled(trouble))
      const answer = stored
        ? this.artifacts.answer(method, url, raw, request.headers.authorization ?? '')
        : this.answer(request, url, raw, record, route)
      if (trouble === 'reset-after') return void request.socket.destroy()
      this.send(response, record, answer)
    } catch (error) {
      this.violations.push(`${method} ${url.pathname}: the stand-in failed: ${String(error)}`)
      this.send(response, record, { status: 500, body: { message: String(error) } })
    }
  }

  private answer(
    request: IncomingMessage,
    url: URL,
    raw: Buffer,
    record: RecordedRequest,
    route: ReturnType<typeof routeOf>,
  ): Answer {
    const complain = (problem: string): void => void this.violations.push(`${record.method} ${record.path}: ${problem}`)
    if (request.headers['user-agent'] === undefined) complain('no user-agent: GitHub refuses such requests')
    if (!new RegExp(`^(?:token|Bearer) ${this.token}$`, 'i').test(request.headers.authorization ?? '')) {
      return { status: 401, body: { message: 'Bad credentials', status: '401' } }
    }
    record.body = raw.length > 0 ? (JSON.parse(raw.toString()) as JsonObject) : null
    if (record.path === '/graphql') return this.graphql(record)
    if (!route) {
      complain('GitHub describes no such route')
      return notFound()
    }
    const problems = problemsOf(route, url.searchParams, record.body ?? undefined)
    if (problems.length > 0) {
      for (const problem of problems) complain(problem)
      return { status: 422, body: { message: `Invalid request.\n\n${problems.join('\n')}`, status: '422' } }
    }
    if (route.params.owner !== undefined && `${route.params.owner}/${route.params.repo}` !== this.state.fullName)
      return notFound()
    if (!allowed(route.id, this.state)) {
      const headers = { 'x-accepted-github-permissions': ACCEPTED[route.id] ?? '' }
      return { status: 403, body: { message: 'Resource not accessible by integration', status: '403' }, headers }
    }
    const handler = HANDLERS[route.id]
    if (!handler) {
      complain('the stand-in does not play this route yet')
      return { status: 501, body: { message: 'not played' } }
    }
    return handler({
      params: route.params,
      query: url.searchParams,
      body: record.body ?? {},
      accept: request.headers.accept ?? '',
      state: this.state,
      origin: this.url,
    })
  }

  private graphql(record: RecordedRequest): Answer {
    if (/^\s*(?:query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(String(record.body?.query))) {
      return { status: 200, body: { data: { viewer: { login: this.state.viewer.login } } } }
    }
    const variables = (record.body?.variables ?? {}) as Record<string, unknown>
    const { body, problems } = answerGraphql(String(record.body?.query), variables, this.state)
    for (const problem of problems) this.violations.push(`POST /graphql: ${problem}`)
    return { status: 200, body }
  }

  private send(response: ServerResponse, record: RecordedRequest, answer: Answer): void {
    record.status = answer.status
    this.remaining -= 1
    const bytes = answer.body instanceof Uint8Array ? answer.body : answer.body === undefined ? '' : JSON.stringify(answer.body)
    record.bytes += Buffer.byteLength(bytes)
    response.writeHead(answer.status, {
      ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'content-length': Buffer.byteLength(bytes),
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': String(this.remaining),
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
      ...answer.headers,
    })
    response.end(bytes)
  }
}

function troubled(trouble: Exclude<Trouble, string>): Answer {
  const body = { message: trouble.message ?? 'Server Error', status: String(trouble.status) }
  return { status: trouble.status, body, ...(trouble.headers ? { headers: trouble.headers } : {}) }
}
