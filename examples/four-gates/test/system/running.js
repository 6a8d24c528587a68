// The whole system as it is started in production: the program itself as a process, beside a payment provider.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { bookingsFile, listen, paymentProvider } from '../neighbours.js'

export async function started({ file, capacity = 50 } = {}) {
  const provider = paymentProvider()
  const paymentsUrl = await listen(provider)
  const bookings = file ?? (await bookingsFile())
  const program = spawn(process.execPath, [fileURLToPath(new URL('../../src/main.js', import.meta.url))], {
    env: { PORT: '0', PAYMENTS_URL: paymentsUrl, BOOKINGS_FILE: bookings, CAPACITY: String(capacity) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  program.stdout.setEncoding('utf8').on('data', (text) => {
    log += text
  })
  await once(program.stdout, 'data')
  const url = /http:\S+/.exec(log)[0]
  return {
    file: bookings,
    logged: () => log,
    url,
    ask: async (method, path, body) => {
      const response = await fetch(new URL(path, url), { method, ...(body && { body: JSON.stringify(body) }) })
      return { status: response.status, body: await response.json() }
    },
    stop: async () => {
      provider.close()
      program.kill()
      await once(program, 'close')
    },
  }
}
