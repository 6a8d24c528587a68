// The client's manners: time limits, redirects that keep the token at home, spaced writes, and errors in a user's words.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createClient } from '../../../src/adapters/github/client.ts'
import { asLimiterGroup, FREE_WRITES, Pace } from '../../../src/adapters/github/pace.ts'
import { readRemoteConfig } from '../../../src/adapters/github/remote-config.ts'
import { keepAliveTransport } from '../../../src/adapters/github/transport.ts'
import { troubleOf } from '../../../src/adapters/github/trouble.ts'
import { GitHub } from '../../support/github/server.ts'

const servers: Server[] = []
const workers: Worker[] = []
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

describe('the transport', () => {
  it('uses one connection for requests after each other', async () => {
    const ports = new Set<number | undefined>()
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('ok')
    })
    const fetch = keepAliveTransport({ timeoutMs: 2000 })
    for (let i = 0; i < 3; i += 1) expect(await (await fetch(url)).text()).toBe('ok')
    expect(ports.size).toBe(1)
  })

  it('gives up where an answer does not end', async () => {
    const url = await serve((_, response) => void response.write('{'))
    await expect(keepAliveTransport({ timeoutMs: 50 })(url)).rejects.toThrow('within 0.05 s')
  })

  it('takes an answer that came in while the process was busy for longer than it waits', async () => {
    const code = `const { createServer } = require('node:http')
      const server = createServer((_, response) => response.end('here'))
      server.listen(0, '127.0.0.1', () => require('node:worker_threads').parentPort.postMessage(server.address().port))`
    const elsewhere = new Worker(code, { eval: true })
    workers.push(elsewhere)
    const port = await new Promise((done) => elsewhere.once('message', done))
    const fetch = keepAliveTransport({ timeoutMs: 200 })
    await (await fetch(`http://127.0.0.1:${port}`)).text()
    const answer = fetch(`http://127.0.0.1:${port}`)
    // Sent in this turn of the loop; then nothing is looked at until time is long up.
    await new Promise((done) => setImmediate(done))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
    expect(await (await answer).text()).toBe('here')
  })

  it('follows a redirect, and leaves the token behind on another host', async () => {
    const seen: (string | undefined)[] = []
    const elsewhere = await serve((request, response) => {
      seen.push(request.headers.authorization)
      response.end('there')
    })
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/here') response.end('here')
      else response.writeHead(307, { location: request.url === '/far' ? elsewhere : '/here' }).end()
    })
    const fetch = keepAliveTransport({ timeoutMs: 2000 })
    const init = { headers: { authorization: 'token secret' } }
    expect(await (await fetch(`${url}/near`, init)).text()).toBe('here')
    expect(await (await fetch(`${url}/far`, init)).text()).toBe('there')
    expect(seen).toEqual(['token secret', 'token secret', 'token secret', undefined])
    expect((await fetch(`${url}/far`, { ...init, method: 'POST', body: '{}' })).status).toBe(307)
  })

  it('ends a circle of redirects', async () => {
    const url = await serve((_, response) => void response.writeHead(302, { location: '/' }).end())
    expect((await keepAliveTransport({ timeoutMs: 2000 })(url)).status).toBe(302)
  })
})

describe('the pace of writes', () => {
  function timed() {
    let now = 0
    const slept: number[] = []
    const pace = new Pace(
      1000,
      () => now,
      async (ms) => {
        slept.push(ms)
        now += ms
      },
    )
    return { pace, slept }
  }

  it('is free for the first ten, then a second apart', async () => {
    const { pace, slept } = timed()
    for (let i = 0; i < FREE_WRITES; i += 1) await pace.turn()
    expect([FREE_WRITES, slept]).toEqual([10, []])
    for (let i = 0; i < 3; i += 1) await pace.turn()
    expect(slept).toEqual([1000, 1000, 1000])
  })

  it('is a second apart at once after a complaint', async () => {
    const { pace, slept } = timed()
    await pace.turn()
    pace.slowDown()
    await asLimiterGroup(pace)
      .key()
      .schedule({}, async () => {})
    expect(slept).toEqual([1000])
  })
})

describe('what a failure is called', () => {
  async function failure(headers: Record<string, string>, status = 403) {
    const github = await GitHub.start()
    github.faults.order(/./, { status, message: 'no\u001b[2J\n::error::way', headers }, 9)
    const client = await createClient({
      token: 'ghs_standin',
      env: { GITHUB_API_URL: github.url },
      log: { progress: () => {} },
      pauseMs: 1,
      retries: 0,
    })
    const error = await client.rest.repos.get({ owner: 'acme', repo: 'shop' }).catch((e: unknown) => e)
    await github.stop()
    return troubleOf(error, 'checks: write')
  }

  it.each([
    ['checks=write', 'checks: write'],
    ['issues=write; pull_requests=write', 'issues: write'],
    ['contents=read,pull_requests=write; checks=write', 'checks: write'],
    ['contents=read,pull_requests=write', 'contents: read`, `pull-requests: write'],
    ['', 'checks: write'],
    ['<b>x</b>', 'checks: write'],
  ])('a 403 that accepts "%s" asks for %s', async (header, permission) => {
    expect(await failure({ 'x-accepted-github-permissions': header })).toMatchObject({ kind: 'permission', permission })
  })

  it.each([
    [401, {}, 'credentials'],
    [404, {}, 'missing'],
    [422, {}, 'refused'],
    [502, {}, 'outage'],
    [403, { 'retry-after': '90' }, 'limit'],
    [429, {}, 'limit'],
  ] as [number, Record<string, string>, string][])(
    '%i %j is %s, on one line without control characters',
    async (status, headers, kind) => {
      const trouble = await failure(headers, status)
      expect(trouble.kind).toBe(kind)
      expect(trouble.text).not.toMatch(/[\u0000-\u001f]/)
    },
  )
})

describe('a proxy', () => {
  it('is used where the environment names one', async () => {
    const asked: (string | undefined)[] = []
    // A proxy is asked to tunnel; refusing is enough to see that it was asked.
    const proxy = await serve(() => {})
    servers[0]?.on('connect', (request: IncomingMessage, socket: import('node:net').Socket) => {
      asked.push(request.url)
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    })
    const before = { ...process.env }
    Object.assign(process.env, { https_proxy: proxy, no_proxy: '', GITHUB_API_URL: 'https://api.acme.invalid' })
    try {
      const client = await createClient({
        token: 't',
        env: process.env,
        log: { progress: () => {} },
        pauseMs: 1,
        retries: 0,
        timeoutMs: 3000,
      })
      await expect(client.rest.repos.get({ owner: 'acme', repo: 'shop' })).rejects.toThrow()
    } finally {
      for (const name of ['https_proxy', 'no_proxy', 'GITHUB_API_URL']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
    expect(asked).toEqual(['api.acme.invalid:443'])
  })
})

it('reads an extended config without a token where it is public', async () => {
  const url = await serve((request, response) => {
    expect(request.headers.authorization).toBeUndefined()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ type: 'file', encoding: 'base64', size: 3, content: Buffer.from('a: 1').toString('base64') }))
  })
  const reference = `acme/policy/base.yml@${'d'.repeat(40)}`
  expect(await readRemoteConfig(reference, { GITHUB_API_URL: url })).toEqual({ text: 'a: 1', source: reference })
})
