// A small `fetch` over node:http(s) with kept-alive connections: starts 70 ms sooner than the undici-based ones (performance.md).
import { Agent, type IncomingMessage, request as requestInClear } from 'node:http'

/** Larger answers are refused; the largest we ask for is a page of a hundred comments, under 7 MB. */
const MAX_BYTES = 32 * 1024 * 1024
const MAX_REDIRECTS = 3
const AGENT = { keepAlive: true, maxSockets: 8 }

export interface TransportOptions {
  /** Whole request, from connecting to the last byte. */
  timeoutMs: number
}

interface RequestInit {
  method?: string
  headers?: Record<string, string>
  body?: string
  redirect?: string
}

/** As much of a `Response` as Octokit reads. */
export interface TransportResponse {
  status: number
  statusText: string
  url: string
  headers: Map<string, string>
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

export type Transport = (url: string, init?: RequestInit) => Promise<TransportResponse>

/** Rejects with an Error when the connection breaks, the answer is too large, or time is up: nothing hangs. */
export function keepAliveTransport(options: TransportOptions): Transport {
  const ways = new Map<string, Promise<Way>>()
  return async (url, init = {}) => {
    let target = new URL(url)
    let headers = init.headers ?? {}
    for (let hop = 0; ; hop += 1) {
      const way = ways.get(target.protocol) ?? wayOf(target.protocol)
      ways.set(target.protocol, way)
      const response = await send(target, { ...init, headers }, await way, options.timeoutMs)
      const location = response.headers.get('location')
      if (!isRedirect(response.status) || location === undefined || init.redirect === 'manual' || hop === MAX_REDIRECTS)
        return response
      const next = new URL(location, target)
      // A token must not follow to another host, nor a write be repeated there (a renamed repository stays on its host).
      if (next.origin !== target.origin) {
        if ((init.method ?? 'GET') !== 'GET') return response
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'))
      }
      target = next
    }
  }
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 307 || status === 308
}

/** How one protocol asks, with the connections that it keeps. */
interface Way {
  agent: Agent
  request: typeof requestInClear
}

/** TLS is loaded by the first address that asks for it: what it brings along costs 4 ms and 5 MB. */
async function wayOf(protocol: string): Promise<Way> {
  if (protocol !== 'https:') return { agent: new Agent(AGENT), request: requestInClear }
  const https = await import('node:https')
  return { agent: new https.Agent(AGENT), request: https.request }
}

function send(url: URL, init: RequestInit, way: Way, timeoutMs: number): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const body = init.body === undefined ? undefined : Buffer.from(init.body)
    const headers = { ...init.headers, ...(body ? { 'content-length': String(body.length) } : {}) }
    const request = way.request(url, { method: init.method ?? 'GET', headers, agent: way.agent })
    let ended = false
    // A long reading of reports may have kept the process busy for all that time: what has come in meanwhile is looked at first.
    const timer = setTimeout(
      () =>
        setImmediate(() => {
          if (!ended) request.destroy(new Error(`no answer from ${url.host} within ${timeoutMs / 1000} s`))
        }),
      timeoutMs,
    )
    const end = (): void => {
      ended = true
      clearTimeout(timer)
    }
    const fail = (error: Error): void => {
      end()
      reject(error)
    }
    request.on('error', fail)
    request.on('response', (message) => {
      collect(message).then((bytes) => {
        end()
        resolve(responseOf(url, message, bytes))
      }, fail)
    })
    request.end(body)
  })
}

function collect(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    message.on('data', (part: Buffer) => {
      size += part.length
      parts.push(part)
      if (size > MAX_BYTES) message.destroy(new Error(`the answer is larger than ${MAX_BYTES} bytes`))
    })
    message.on('end', () => resolve(Buffer.concat(parts)))
    message.on('error', reject)
  })
}

function responseOf(url: URL, message: IncomingMessage, bytes: Buffer): TransportResponse {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return {
    status: message.statusCode ?? 0,
    statusText: message.statusMessage ?? '',
    url: url.href,
    headers,
    text: async () => bytes.toString('utf8'),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  }
}
