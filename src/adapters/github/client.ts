// The way to GitHub's API: Octokit with time limits, patience on demand, and proxies where the environment names one.
import { RequestError } from '@octokit/request-error'
import { Octokit } from '@octokit/rest'
import type { Log } from '../../app/ports.ts'
import { Pace } from './pace.ts'
import type { Around, Manners, Paces } from './patience.ts'
import { keepAliveTransport } from './transport.ts'

export type Client = Octokit

export interface ClientOptions {
  /** null: public data only, sixty requests an hour. */
  token: string | null
  env: Readonly<Record<string, string | undefined>>
  log: Pick<Log, 'progress'>
  /** Further attempts after a failed read (decision 24). */
  retries?: number
  /** Length of the first pause between attempts, and of the one between spaced writes; tests shorten it. */
  pauseMs?: number
  timeoutMs?: number
}

const API_VERSION = '2022-11-28'
/** No second answer is any better. */
const FINAL = [400, 401, 404, 410, 422, 451]

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Nothing is sent yet. Loads the proxy-aware transport only where a proxy is configured. */
export async function createClient(options: ClientOptions): Promise<Client> {
  const { retries = 3, pauseMs = 1000, timeoutMs = 20_000 } = options
  const client = new Octokit({
    ...(options.token === null ? {} : { auth: options.token }),
    baseUrl: (options.env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    userAgent: 'certify',
    log: silent,
    request: { fetch: await fetchFor(options.env, timeoutMs), headers: { 'x-github-api-version': API_VERSION } },
  })
  const paces: Paces = { writes: new Pace(pauseMs), notifications: new Pace(3 * pauseMs) }
  client.hook.wrap('request', unhurried(paces, { log: options.log, retries, pauseMs }))
  return client
}

/** Most runs need no patience: what spaces, waits and asks again is loaded when the first request calls for it. */
function unhurried(paces: Paces, manners: Manners): Around {
  let loaded: Promise<Around> | undefined
  const patience = (): Promise<Around> => {
    loaded ??= import('./patience.ts').then(({ patienceOf }) => patienceOf(paces, manners))
    return loaded
  }
  return async (request, options) => {
    if (options.method !== 'GET' && !paces.writes.pass()) return (await patience())(request, options)
    const first = await settled(request(options))
    if (!first.calls) return first.give()
    // What has been answered is not asked twice: it is the patient way's own first answer.
    let given = false
    return (await patience())(async (asked) => {
      if (given) return request(asked)
      given = true
      return first.give()
    }, options)
  }
}

/** How a request ended, and whether that calls for patience. GraphQL also fails with a 200. */
async function settled<T extends { data: unknown }>(answer: T | Promise<T>): Promise<{ calls: boolean; give: () => T }> {
  try {
    const response = await answer
    return { calls: (response.data as { errors?: unknown } | null)?.errors !== undefined, give: () => response }
  } catch (error) {
    const give = (): T => {
      throw error
    }
    return { calls: !(error instanceof RequestError && FINAL.includes(error.status)), give }
  }
}

async function fetchFor(env: ClientOptions['env'], timeoutMs: number): Promise<unknown> {
  const proxied = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].some((name) => env[name])
  if (!proxied) return keepAliveTransport({ timeoutMs })
  // The toolkit's fetch knows proxies and no_proxy; it brings undici, hence only here.
  const { defaults } = await import('@actions/github/lib/utils')
  const viaProxy = defaults.request?.fetch as typeof fetch
  return (url: string, init: RequestInit) =>
    viaProxy(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
      throw new Error(`asked through the proxy of the environment: ${innermost(error)}`, { cause: error })
    })
}

/** What a proxy said is behind several layers of "fetch failed". */
function innermost(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause === undefined ? (error instanceof Error ? error.message : String(error)) : innermost(cause)
}
