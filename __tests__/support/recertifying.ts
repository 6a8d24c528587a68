// A certified repository in memory, its clock, and runs of recertifying over it: what each run recorded, did and said.
import { issue } from '../../src/app/certificate/issue.ts'
import { recertify } from '../../src/app/certificate/recertify.ts'
import { verify } from '../../src/app/certificate/verify.ts'
import { collectEvidence } from '../../src/app/collect.ts'
import type { Invocation } from '../../src/app/invocation.ts'
import { append } from '../../src/app/ledger/append.ts'
import type { Attestor, LedgerStore, Ports, Signatures } from '../../src/app/ports.ts'
import { canonical, openRecord, sealObject, sha256 } from '../../src/certificate/ledger/seal.ts'
import { statementOf, verifierOf } from '../../src/certificate/statement.ts'
import type { Certificate, IssuedData } from '../../src/model/certificate.ts'
import { type Draft, type LedgerRecord, objectPath, recordPath } from '../../src/model/ledger.ts'
import type { Recertified } from '../../src/model/recertified.ts'
import { GateJobs, POLICY } from './gate-jobs.ts'
import { draft } from './ledger/drafts.ts'
import { world as bare, COMMIT, invocation, ledgerOf, NOW as MADE } from './ports.ts'
import { junit, sarif } from './ready-repository.ts'

export const WORKFLOW = 'acme/certify/.github/workflows/certify-issue.yml'
export const CERTIFIED = `${POLICY}certificate: { signers: [${WORKFLOW}] }\n`
export const OTHER = 'b0b'.padEnd(40, '1')
export const SIGNER = {
  identity: `https://github.com/${WORKFLOW}@refs/tags/v1`,
  issuer: 'https://token.actions.githubusercontent.com',
  sourceRepository: 'https://github.com/acme/shop',
  sourceRef: 'refs/heads/main',
  sourceDigest: COMMIT,
}
/** Signatures that are what they say: the adapters' own tests hold the real ones. */
export const attestor: Attestor = {
  workflow: async () => `${WORKFLOW}@refs/tags/v1`,
  attest: async (statement) => ({ state: 'signed', bundle: JSON.stringify({ statement, signer: SIGNER }), url: null }),
}
export const signatures: Signatures = {
  check: async (bundle) => ({ state: 'valid', ...(JSON.parse(bundle) as { statement: unknown; signer: typeof SIGNER }) }),
}

export const VULNERABLE = sarif([{ rule: 'injection', level: 'error', path: 'src/shop.js', line: 3, message: 'an injection' }])
export const SARIF = 'component/semgrep.sarif'

const PROMISE = '{ criterion: end_to_end_validation, owner: anna, due: 2026-12-15 }'
/** Level 3 is approved; the one journey that level 4 asks for is open, and promised for a day. */
export const CONDITIONAL = CERTIFIED.replace(
  'end_to_end_validation: { points: [{ id: buy, tests: "journey buy" }]',
  'end_to_end_validation: { points: [{ id: sell, tests: "journey sell" }]',
)
  .replace('signers:', `conditional: { enabled: true, conditions: [${PROMISE}] }, signers:`)
  .replace(
    'environment: certify-gate-3 }',
    'environment: certify-gate-3, sign_offs: [{ role: final, environment: certify-gate-3 }] }',
  )
/** The journey, made: of `system/junit.xml`. */
export const SELLS = junit([
  { suite: 'journey buy', name: 'buys' },
  { suite: 'journey sell', name: 'sells' },
])

export interface Looked {
  exit: number
  shown: Recertified
  added: LedgerRecord[]
  summary: string
  /** Files that the run left, by path. */
  left: Map<string, string>
}

export const types = ({ added }: Pick<Looked, 'added'>): string[] => added.map((one) => one.header.type)
export const actions = ({ shown }: Pick<Looked, 'shown'>): string[] =>
  shown.certificates.flatMap((one) => one.actions.map((action) => action.what))
export const texts = ({ shown }: Pick<Looked, 'shown'>): string =>
  shown.certificates.flatMap((one) => one.actions.map((action) => action.text)).join(' ')

export class Recertifying {
  now = new Date('2026-11-22T13:00:00Z')
  jobs: GateJobs
  /** The ledger once it lies elsewhere than in memory. */
  private place: { store: LedgerStore; files: () => ReadonlyMap<string, Uint8Array> } | null = null
  /** Ids differ from those of another process by it. */
  seed = ''
  /** Hash of the record of the last approval, where the certificate is one with a condition. */
  approval = ''
  private ids = 0

  constructor(policy = CERTIFIED) {
    this.jobs = new GateJobs(policy)
  }

  /** With its certificate, from the evaluation to the word to go live. */
  static async certified(policy = CERTIFIED, change: Partial<Ports> = {}): Promise<Recertifying> {
    const made = new Recertifying(policy)
    await made.gone(change)
    return made
  }

  /** Of level 3, with a condition. */
  static async conditional(policy = CONDITIONAL): Promise<Recertifying> {
    const made = new Recertifying(policy)
    await made.jobs.evaluated()
    await made.jobs.recorded()
    made.approval = (await made.jobs.approved(3, 'anna')).approval!
    await made.certify()
    return made
  }

  async gone(change: Partial<Ports> = {}): Promise<void> {
    await this.jobs.wentLive()
    await this.certify(change)
  }

  private async certify(change: Partial<Ports> = {}): Promise<void> {
    const { exit, output } = await issue(invocation({ command: 'issue' }), this.world(change))
    if (exit !== 0) throw new Error(output)
  }

  at(time: string): this {
    this.now = new Date(time)
    return this
  }

  /** From now on the ledger is that one. */
  movedTo(store: LedgerStore, files: () => ReadonlyMap<string, Uint8Array>): void {
    this.place = { store, files }
  }

  world(change: Partial<Ports> = {}) {
    const clock = { kind: 'system' as const, now: () => this.now }
    const ledger = ledgerOf(this.place?.store ?? this.jobs.store, {
      newId: () => sha256(`id ${this.seed} ${++this.ids}`).slice(0, 32),
      actor: 'alice',
    })
    const ports = { clock, ledger, defaultBranch: 'main', attestor: async () => attestor, signatures: async () => signatures }
    return this.jobs.world({ ...ports, ...change })
  }

  async looked(asked: Partial<Invocation> = {}, change: Partial<Ports> = {}): Promise<Looked> {
    const from = this.records.length
    const world = this.world(change)
    const { exit, output, summary } = await recertify(invocation({ command: 'recertify', json: true, ...asked }), world)
    const added = this.records.slice(from)
    return { exit, shown: JSON.parse(output) as Recertified, added, summary: summary!, left: world.files.written }
  }

  async door(asked: Partial<Invocation> = {}, change: Partial<Ports> = {}) {
    const { exit, outputs } = await verify(invocation({ command: 'verify', ...asked }), this.world(change))
    return { exit, refusal: outputs!.refusal, id: outputs!['certificate-id'] }
  }

  /** What a job that checked that commit out and scanned it leaves. */
  async collected(files: Record<string, string>, commit = COMMIT): Promise<string> {
    const git = { ...bare({}).git, head: () => commit }
    const there = bare(files, { clock: { kind: 'system', now: () => this.now }, inAction: true, git })
    await collectEvidence(invocation({ command: 'collect', commit, evidence: Object.keys(files) }), there)
    // Files in memory are all of one time; these were made now.
    return there.files.written.get('certify-evidence.json')!.replaceAll(MADE.toISOString(), this.now.toISOString())
  }

  /** The same, and it lies where the run looks. */
  async scanned(files: Record<string, string>, commit = COMMIT, name = 'a'): Promise<void> {
    this.jobs.files.set(`scans/certify-evidence-${name}.json`, await this.collected(files, commit))
  }

  unscanned(name = 'a'): void {
    this.jobs.files.delete(`scans/certify-evidence-${name}.json`)
  }

  /** Every file of the ledger. */
  get files(): ReadonlyMap<string, Uint8Array> {
    return this.place?.files() ?? this.jobs.store.files
  }

  get records(): LedgerRecord[] {
    const { files } = this
    const records: LedgerRecord[] = []
    for (let bytes = files.get(recordPath(1)); bytes !== undefined; bytes = files.get(recordPath(records.length + 1))) {
      const opened = openRecord(bytes)
      if ('problem' in opened) throw new Error(opened.problem)
      records.push(opened.value)
    }
    return records
  }

  /** Of every record that holds one. */
  get issued(): IssuedData[] {
    return this.records
      .filter((one) => /^certificate\.(?:issued|renewed)$/.test(one.header.type))
      .map((one) => one.data as IssuedData)
  }

  get bytes(): string {
    return canonical([...this.files].map(([path, own]) => [path, sha256(own)]))
  }

  /** Appended by whoever may write to the ledger. */
  async write(drafts: readonly Draft[], objects: ReadonlyMap<string, string> = new Map()): Promise<void> {
    await append(this.place?.store ?? this.jobs.store, drafts, {
      ...this.world().ledger.append,
      clock: { now: () => this.now },
      objects,
    })
  }

  /** A certificate as the issuing workflow records it; `signed` false: as anybody could. */
  recordOf(certificate: Certificate, signed = true): { draft: Draft; objects: Map<string, string> } {
    const digest = sha256(canonical(certificate))
    const statement = statementOf(certificate, digest, verifierOf(WORKFLOW))
    const bundle = sealObject({ statement, signer: SIGNER })
    const signing = signed
      ? { state: 'signed' as const, bundle: bundle.sha256, url: null }
      : { state: 'unsigned' as const, why: 'nobody signed it' }
    const data: IssuedData = { ...this.issued[0]!, certificate, digest, signing, renews: null }
    return {
      draft: draft(`certificate ${certificate.id}`, data, { type: 'certificate.issued', sha: certificate.commit }),
      objects: signed ? new Map([[objectPath(bundle.sha256), bundle.text]]) : new Map(),
    }
  }

  /** Copies of a certificate, each with an id of its own and its own signature. */
  async copies(of: readonly [Certificate, number, Partial<Certificate>][], signed = true): Promise<void> {
    let n = this.issued.length
    const made = of.flatMap(([certificate, count, change]) =>
      Array.from({ length: count }, () => {
        const id = `CERT-01KB8M4Z7Q9V3T5W2X8Y6R${String(++n).padStart(4, '0')}`
        return this.recordOf({ ...certificate, id, serial: n, ...change }, signed)
      }),
    )
    await this.write(
      made.map((one) => one.draft),
      new Map(made.flatMap((one) => [...one.objects])),
    )
  }

  /**
   * A ledger of so many: of this commit those that are due and those that have ended, and the rest; of another the vulnerable ones.
   * What is found of it on the first of December is the same until the due ones end on the twentieth.
   */
  static async many(of: { due: number; vulnerable: number; over: number; rest: number }): Promise<Recertifying> {
    const one = await Recertifying.certified()
    const { jobs } = one
    const first = one.issued[0]!.certificate
    jobs.subject = { ...jobs.subject, commit: OTHER, run: 1002 }
    jobs.people.run = { ...jobs.people.run!, commit: OTHER }
    jobs.people.at = OTHER
    jobs.people.said = []
    jobs.after = []
    await one.gone()
    const other = one.issued[1]!.certificate
    jobs.people.run = { ...jobs.people.run!, commit: COMMIT }
    await one.copies([
      [first, of.due, { validUntil: '2026-12-20T00:00:00.000Z', renewalDue: '2026-11-25T00:00:00.000Z' }],
      [other, of.vulnerable - 1, {}],
      [first, of.over, { validUntil: '2026-11-30T00:00:00.000Z', renewalDue: '2026-11-25T00:00:00.000Z' }],
      [first, of.rest - 1, {}],
    ])
    one.at('2026-12-01T00:00:00Z')
    jobs.subject = { ...jobs.subject, run: 3003 }
    await one.scanned({ [SARIF]: VULNERABLE }, OTHER, 'vulnerable')
    return one
  }
}
