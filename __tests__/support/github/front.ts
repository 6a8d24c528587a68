// What stands between a runner and GitHub: a server of a company's own, a certificate, a proxy that everything goes through.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const opened: NetServer[] = []

export async function closeFronts(): Promise<void> {
  for (const server of opened.splice(0)) {
    if ('closeAllConnections' in server) (server as Server).closeAllConnections()
    server.close()
  }
}

async function listening(server: NetServer): Promise<number> {
  opened.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

/** Passes each request on under the path that `rewrite` gives. */
function passOn(origin: string, rewrite: (path: string) => string) {
  return (asked: IncomingMessage, answer: ServerResponse): void => {
    const onward = request(`${origin}${rewrite(asked.url ?? '/')}`, { method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }
}

/** GitHub Enterprise Server: the API below /api/v3, GraphQL beside it. Its address. */
export async function enterpriseServer(github: { url: string }): Promise<string> {
  const rewrite = (path: string): string => path.replace(/^\/api\/graphql/, '/graphql').replace(/^\/api\/v3/, '')
  const port = await listening(createServer(passOn(github.url, rewrite)))
  return `http://127.0.0.1:${port}`
}

export interface Certificate {
  key: string
  cert: string
  /** Path of the certificate, for NODE_EXTRA_CA_CERTS. */
  file: string
}

/** Made now, good for two days; null where there is no openssl. */
export function certificateFor(...hosts: [string, ...string[]]): Certificate | null {
  const folder = mkdtempSync(join(tmpdir(), 'certify-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const alternatives = hosts.map((host) => `DNS:${host}`).join(',')
  const names = ['-subj', `/CN=${hosts[0]}`, '-addext', `subjectAltName=${alternatives}`]
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...names]
  try {
    execFileSync('openssl', made, { stdio: 'ignore' })
  } catch {
    return null
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert }
}

/** The port of the same GitHub behind TLS. */
export async function behindTls(github: { url: string }, { key, cert }: Certificate): Promise<number> {
  return listening(
    createTlsServer(
      { key, cert },
      passOn(github.url, (path) => path),
    ),
  )
}

export interface Proxy {
  url: string
  /** Hosts that were asked for, each time. */
  asked: string[]
}

/** Tunnels to the ports of this machine that stand for the hosts, and to nothing else. */
export async function proxyTo(hosts: Record<string, number>): Promise<Proxy> {
  const asked: string[] = []
  const server = createServer((_, answer) => answer.writeHead(400).end())
  server.on('connect', (head: IncomingMessage, socket: Socket) => {
    const [host = ''] = (head.url ?? '').split(':')
    asked.push(host)
    const port = hosts[host]
    if (port === undefined) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [socket, onward]) end.on('error', () => [socket, onward].map((one) => one.destroy()))
  })
  return { url: `http://127.0.0.1:${await listening(server)}`, asked }
}
