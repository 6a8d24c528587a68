// A carrier to test against, and a quote service wired to it on free ports.
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Carrier } from '../../src/carrier.js'
import { quoteServer } from '../../src/server.js'
import { QuoteStore } from '../../src/store.js'

export async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}`
}

export function carrierSandbox(status = 200) {
  return createServer((request, response) => {
    const to = new URL(request.url, 'http://localhost').searchParams.get('to')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ days: to === 'DE' ? 2 : 5 }))
  })
}

export async function quoteFile() {
  return join(await mkdtemp(join(tmpdir(), 'quotes-')), 'quotes.jsonl')
}

export async function wired(carrierStatus = 200) {
  const carrier = carrierSandbox(carrierStatus)
  const server = quoteServer({ store: new QuoteStore(await quoteFile()), carrier: new Carrier(await listen(carrier)) })
  return { url: await listen(server), close: () => [server, carrier].forEach((s) => s.close()) }
}
