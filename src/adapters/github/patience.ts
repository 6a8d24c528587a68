// Asking GitHub again: retries after failures, waiting for limits, and spaced writes, by Octokit's own plugins.
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import type { EndpointDefaults, OctokitResponse } from '@octokit/types'
import type { Log } from '../../app/ports.ts'
import { asLimiterGroup, LONGEST_WAIT_SECONDS, type Pace } from './pace.ts'

export interface Manners {
  log: Pick<Log, 'progress'>
  /** Further attempts after a failed read (decision 24). */
  retries: number
  /** Length of the first pause between attempts. */
  pauseMs: number
}

export interface Paces {
  writes: Pace
  notifications: Pace
}

/** What may stand around a request: given the way to send it, and what is asked. */
export type Around = (request: Send, options: Asked) => Promise<OctokitResponse<unknown>>

type Asked = Required<EndpointDefaults>
type Send = (options: Asked) => OctokitResponse<unknown> | Promise<OctokitResponse<unknown>>

type ThrottleOptions = NonNullable<NonNullable<ConstructorParameters<typeof Octokit>[0]>['throttle']>

/** 429 is left to throttling, which obeys retry-after; the others do not get better by asking again. */
const DO_NOT_RETRY = [400, 401, 403, 404, 410, 422, 429, 451]

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The plugins stand around whatever sends a request; this client itself sends none. */
export function patienceOf(paces: Paces, { log, retries, pauseMs }: Manners): Around {
  const Patient = Octokit.plugin(retry, throttling)
  const { hook } = new Patient({
    log: silent,
    retry: { retries, retryAfterBaseValue: pauseMs, doNotRetry: DO_NOT_RETRY },
    throttle: throttle(paces, log, pauseMs),
  })
  return async (request, options) => hook('request', request, options)
}

function throttle(paces: Paces, log: Manners['log'], pauseMs: number): ThrottleOptions {
  const wait = (retryAfter: number, asked: { request?: { waits?: boolean } }, _octokit: unknown, retryCount: number): boolean => {
    for (const pace of [paces.writes, paces.notifications]) pace.slowDown()
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
    write: asLimiterGroup(paces.writes),
    notifications: asLimiterGroup(paces.notifications),
  }
  return options as unknown as ThrottleOptions
}
