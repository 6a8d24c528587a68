// The way to GitHub's API: Octokit with retries, throttling, time limits, and proxies where the environment names one.
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import type { Log } from '../../app/ports.ts'
import { asLimiterGroup, Pace } from './pace.ts'
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

/** Longest wait for a rate limit to end; beyond it the call fails, and publishing becomes a warning. */
export const LONGEST_WAIT_SECONDS = 60
const API_VERSION = '2022-11-28'
/** 429 is left to throttling, which obeys retry-after; the others do not get better by asking again. */
const DO_NOT_RETRY = [400, 401, 403, 404, 410, 422, 429, 451]

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

type ThrottleOptions = NonNullable<NonNullable<ConstructorParameters<typeof Octokit>[0]>['throttle']>

/** Nothing is sent yet. Loads the proxy-aware transport only where a proxy is configured. */
export async function createClient(options: ClientOptions): Promise<Client> {
  const { retries = 3, pauseMs = 1000, timeoutMs = 20_000 } = options
  const Client = Octokit.plugin(retry, throttling)
  return new Client({
    ...(options.token === null ? {} : { auth: options.token }),
    baseUrl: (options.env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    userAgent: 'certify',
    log: silent,
    request: { fetch: await fetchFor(options.env, timeoutMs), headers: { 'x-github-api-version': API_VERSION } },
    retry: { retries, retryAfterBaseValue: pauseMs, doNotRetry: DO_NOT_RETRY },
    throttle: throttle(options.log, pauseMs),
  })
}

function throttle(log: Pick<Log, 'progress'>, pauseMs: number): ThrottleOptions {
  const paces = [new Pace(pauseMs), new Pace(3 * pauseMs)] as const
  const wait = (retryAfter: number, asked: { request?: { waits?: boolean } }, _octokit: unknown, retryCount: number): boolean => {
    for (const pace of paces) pace.slowDown()
    // Whoever looks again before asking again (persist.ts) waits by itself.
    if (asked.request?.waits === false) return false
    if (retryCount >= 2 || retryAfter > LONGEST_WAIT_SECONDS) return false
    log.progress(`GitHub's rate limit is reached: going on in ${retryAfter} s`)
    return true
  }
  const options = {
    retryAfterBaseValue: pauseMs,
    onRateLimit: wait,
    onSecondaryRateLimit: wait,
    // The plugin's own groups space every write by a second from the first one on.
    write: asLimiterGroup(paces[0]),
    notifications: asLimiterGroup(paces[1]),
  }
  return options as unknown as ThrottleOptions
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
