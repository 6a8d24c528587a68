// Sigstore as tests have it: authority, logs and timestamps made by @sigstore/mock, answering in this process (nock) or to another one
// (an HTTPS server behind a proxy). Nothing in certify can be told where to sign: processes are led here by what a runner's
// environment has anyway, a proxy and a certificate to trust.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from '@sigstore/mock'
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import nock from 'nock'
import { certificateFor, proxyTo } from './github/front.ts'

export const ISSUER = 'https://token.actions.githubusercontent.com'

/** What the token service says of the job that signs. */
export interface Identity {
  repository: string
  ref: string
  sha: string
  /** OWNER/REPO/.github/workflows/FILE.yml@REF */
  workflow: string
  issuer?: string
}

export const IDENTITY: Identity = {
  repository: 'acme/shop',
  ref: 'refs/heads/main',
  sha: 'a'.repeat(40),
  workflow: 'acme/shop/.github/workflows/certify-issue.yml@refs/heads/main',
}

interface Handled {
  statusCode: number
  response: string | ArrayBufferView
  contentType?: string
}
type Service = (body: string) => Promise<Handled>

const HOSTS = {
  public: { fulcio: 'fulcio.sigstore.dev', rekor: 'rekor.sigstore.dev', tsa: 'timestamp.sigstore.dev' },
  github: { fulcio: 'fulcio.githubapp.com', rekor: 'rekor.githubapp.com', tsa: 'timestamp.githubapp.com' },
} as const

/** One authority: it certifies who signs, and its log or its clock vouches for when. */
class Authority {
  private constructor(
    readonly services: Record<string, Service>,
    /** As `gh attestation trusted-root` prints it, one line. */
    readonly root: string,
  ) {}

  static async create(hosts: (typeof HOSTS)['public' | 'github'], logged: boolean): Promise<Authority> {
    const keys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const ctlog = await initializeCTLog(keys())
    const ca = await initializeCA(keys(), ctlog)
    const tlog = await initializeTLog(`https://${hosts.rekor}`, keys())
    const tsa = await initializeTSA(keys())
    // The mock writes milliseconds without their leading zeros, which no one can read: whole seconds, then.
    Object.assign(tsa, { getCurrentTime: () => new Date(Math.floor(Date.now() / 1000) * 1000) })
    const fulcio = fulcioHandler(ca)
    const rekor = rekorHandler({ ...tlog, log: (entry) => tlog.log(asLogged(entry)) } as typeof tlog)
    const timestamps = tsaHandler(tsa)
    const services = Object.fromEntries(
      [[hosts.fulcio, fulcio] as const, ...(logged ? [[hosts.rekor, rekor] as const] : []), [hosts.tsa, timestamps] as const].map(
        ([host, { path, fn }]) => [`POST ${host}${path}`, fn as Service],
      ),
    )
    const certificates = (...all: ArrayBufferView[]) => ({
      certificates: all.map((one) => ({ rawBytes: bytes(one) })),
    })
    const start = new Date(Date.now() - DAY)
    const root = TrustedRoot.toJSON({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: logged ? [log(`https://${hosts.rekor}`, tlog.publicKey)] : [],
      certificateAuthorities: [authority(hosts.fulcio, certificates(ca.rootCertificate), start)],
      ctlogs: [log(`https://${hosts.fulcio}/ctlog`, ctlog.publicKey)],
      timestampAuthorities: [authority(hosts.tsa, certificates(tsa.intCertificate, tsa.rootCertificate), start)],
    })
    return new Authority(services, JSON.stringify(root))
  }
}

const DAY = 24 * 60 * 60 * 1000

function log(baseUrl: string, publicKey: Buffer) {
  return {
    baseUrl,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: {
      rawBytes: publicKey,
      keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
      validFor: { start: new Date(Date.now() - DAY), end: undefined },
    },
    logId: { keyId: createHash('sha256').update(publicKey).digest() },
    checkpointKeyId: undefined,
    operator: '',
  }
}

function authority(uri: string, certChain: { certificates: { rawBytes: Buffer }[] }, start: Date) {
  return {
    subject: { commonName: uri, organization: 'sigstore.mock' },
    uri: `https://${uri}`,
    certChain,
    validFor: { start, end: undefined },
    operator: '',
  }
}

function bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

/** The mock's log keeps what is proposed; Rekor keeps hashes of it, and the signatures. */
function asLogged(entry: object): object {
  const { spec } = entry as { spec: { proposedContent: { envelope: string; verifiers: string[] } } }
  const { envelope, verifiers } = spec.proposedContent
  const { payload, signatures } = JSON.parse(envelope) as { payload: string; signatures: { sig: string }[] }
  const hash = (of: string | Buffer) => ({ algorithm: 'sha256', value: createHash('sha256').update(of).digest('hex') })
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: hash(envelope),
      payloadHash: hash(Buffer.from(payload, 'base64')),
      signatures: signatures.map(({ sig }, at) => ({ signature: sig, verifier: verifiers[at] })),
    },
  }
}

export class Sigstore {
  /** Who the next signatures are by. */
  identity: Identity = IDENTITY
  /** Status that a host answers with instead. */
  readonly broken = new Map<string, number>()
  /** `POST host/path` of each request that came. */
  readonly asked: string[] = []
  private readonly servers: Server[] = []

  private constructor(
    private readonly open: Authority,
    private readonly own: Authority,
  ) {}

  /** `identity`: of the job that signs; a run on the stand-in for GitHub has that of `acme/shop`. */
  static async create(identity: Partial<Identity> = {}): Promise<Sigstore> {
    const made = new Sigstore(await Authority.create(HOSTS.public, true), await Authority.create(HOSTS.github, false))
    made.identity = { ...IDENTITY, ...identity }
    return made
  }

  /** What public repositories sign by, with logs; and GitHub's own, for the others, with timestamps alone. */
  get publicRoot(): string {
    return this.open.root
  }

  get githubRoot(): string {
    return this.own.root
  }

  /** Both, as `gh attestation trusted-root` prints them. */
  get roots(): string {
    return `${this.open.root}\n${this.own.root}\n`
  }

  /** Answers in this process. The variables that a job with `id-token: write` has. Undone by `stop`. */
  inProcess(): Record<string, string> {
    const { publicHosts, githubHosts } = { publicHosts: Object.values(HOSTS.public), githubHosts: Object.values(HOSTS.github) }
    for (const host of [...publicHosts, ...githubHosts]) {
      const answer = async (uri: string, body: unknown): Promise<[number, string | Buffer, Record<string, string>]> => {
        const { statusCode, response, contentType } = await this.answer('POST', host, uri, asText(body))
        const type = { 'content-type': contentType ?? 'text/plain' }
        return [statusCode, typeof response === 'string' ? response : bytes(response), type]
      }
      nock(`https://${host}`).persist().post(/.*/).reply(answer)
    }
    nock('https://tokens.example')
      .persist()
      .get(/.*/)
      .reply(async (uri) => {
        const { statusCode, response } = await this.answer('GET', 'tokens.example', uri, '')
        return [statusCode, response as string, { 'content-type': 'application/json' }]
      })
    const variables = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example/token?job=1',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-token-for-tokens',
    }
    Object.assign(process.env, variables)
    return variables
  }

  /** From now on this process reaches this machine and this Sigstore, and nothing else. */
  refuseOthers(): void {
    nock.disableNetConnect()
    nock.enableNetConnect('127.0.0.1')
  }

  /** Answers other processes: their environment; null where there is no openssl to make a certificate with. `folder` takes the roots. */
  async forProcess(folder: string): Promise<Record<string, string> | null> {
    const hosts = [...Object.values(HOSTS.public), ...Object.values(HOSTS.github)]
    const certificate = certificateFor(...(hosts as [string, ...string[]]))
    if (certificate === null) return null
    const serve: RequestListener = (request, response) => void this.serve(request, response)
    const services = await this.listen(createTlsServer({ key: certificate.key, cert: certificate.cert }, serve))
    const tokens = await this.listen(createServer(serve))
    const proxy = await proxyTo(Object.fromEntries(hosts.map((host) => [host, services])))
    writeFileSync(join(folder, 'trusted-root.jsonl'), this.roots)
    return {
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: certificate.file,
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${tokens}/token?job=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-token-for-tokens',
    }
  }

  /** Also ends what `proxyTo` opened: call `closeFronts`. */
  async stop(): Promise<void> {
    nock.cleanAll()
    nock.enableNetConnect()
    delete process.env.ACTIONS_ID_TOKEN_REQUEST_URL
    delete process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN
    for (const server of this.servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  }

  private async listen(server: Server): Promise<number> {
    this.servers.push(server)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return (server.address() as AddressInfo).port
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    const {
      statusCode,
      response: body,
      contentType,
    } = await this.answer(request.method ?? 'GET', host, request.url ?? '/', Buffer.concat(parts).toString())
    response.writeHead(statusCode, { 'content-type': contentType ?? 'text/plain' })
    response.end(typeof body === 'string' ? body : bytes(body))
  }

  private async answer(method: string, host: string, path: string, body: string): Promise<Handled> {
    const asked = `${method} ${host}${path}`
    this.asked.push(asked)
    const status = this.broken.get(host)
    if (status !== undefined) return { statusCode: status, response: 'out of order' }
    if (method === 'GET')
      return { statusCode: 200, response: JSON.stringify({ value: this.token() }), contentType: 'application/json' }
    const service = { ...this.open.services, ...this.own.services }[asked]
    return service === undefined ? { statusCode: 404, response: 'no such service' } : service(body)
  }

  /** Unsigned: the mock's authority takes its word. */
  private token(): string {
    const { repository, ref, sha, workflow, issuer = ISSUER } = this.identity
    const claims = {
      iss: issuer,
      aud: 'sigstore',
      sub: `https://github.com/${workflow}`,
      repository,
      ref,
      sha,
      job_workflow_ref: workflow,
      workflow_ref: workflow,
      event_name: 'push',
      run_id: '1001',
      run_attempt: '1',
    }
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`
  }
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
