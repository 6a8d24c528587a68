// A commit that went through four gates and has its certificate, by the real workflows and bundle; and the door that it comes to.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeFronts } from '../github/front.ts'
import { Sigstore } from '../sigstore.ts'
import { gateScene, recordsOf, type Scene, SHA } from './gate-scene.ts'
import type { RunEnd, StepEnd } from './model.ts'
import { play } from './play.ts'
import { unzip } from './unzip.ts'

const RELEASE = '.github/workflows/release.yml'
const ROOTS = 'trusted-root.jsonl'
const LEDGER = 'refs/heads/certify-ledger'

/** Who signs where nothing else is said: the workflow that is released with the action. */
export const SIGNER = 'OWNER/certify/.github/workflows/certify-issue.yml'

const DIST = `
      - run: mkdir dist && printf %s "$BUILT" > dist/app.tgz
        env: { BUILT: the built file }
      - uses: actions/upload-artifact@x
        with: { name: dist, path: dist/ }`

const built = `on: push
permissions: { contents: read }
jobs:
  build:
    steps:
      - uses: actions/checkout@x
      - run: cp -r made reports
      - uses: actions/upload-artifact@x
        with: { name: reports, path: reports/ }${DIST}
  certify:
    needs: build
    permissions: { contents: write, actions: read, checks: write, pull-requests: write }
    uses: OWNER/certify/.github/workflows/certify.yml@v1
    with: { needs: "\${{ toJSON(needs) }}" }
`
const CERTIFICATE = `
    permissions: { contents: write, actions: read, pull-requests: read, id-token: write, attestations: write }
    uses: OWNER/certify/.github/workflows/certify-issue.yml@v1`
const live = `on: { workflow_dispatch: { inputs: { approval: {}, run: {} } } }
permissions: { contents: read }
jobs:
  live:
    permissions: { contents: write, actions: read, checks: write, pull-requests: write }
    uses: OWNER/certify/.github/workflows/certify-go-live.yml@v1
    with: { approval: "\${{ inputs.approval }}" }
  certificate:
    needs: live
    if: needs.live.outputs.proceed == 'true'${CERTIFICATE}
    with: { commit: "\${{ needs.live.outputs.commit }}", artifact: dist, run-id: "\${{ inputs.run }}" }
`
const issued = `on: { workflow_dispatch: { inputs: { run: {} } } }
permissions: { contents: read }
jobs:
  build:
    steps:${DIST}
  certificate:
    needs: build${CERTIFICATE}
    with: { commit: "${SHA}", artifact: dist, run-id: "\${{ inputs.run }}" }
`
const revoked = `on: { workflow_dispatch: { inputs: { certificate: {}, reason: {} } } }
permissions: { contents: read }
jobs:
  revoke:
    permissions: { contents: write, checks: write }
    uses: OWNER/certify/.github/workflows/certify-revoke.yml@v1
    with: { certificate: "\${{ inputs.certificate }}", reason: "\${{ inputs.reason }}" }
`

export interface Repository {
  files: Record<string, string>
  /** Its workflow of a push; `@ROOTS` in it becomes the file with the roots that are trusted. */
  release: string
  policy: string
}

export interface Door {
  exit: number | null
  refusal: string | undefined
  log: string
}

/** The ledger's branch as it was, to come back to. */
export type Moment = string

export class Certified {
  private runs = 1001

  private constructor(
    readonly scene: Scene,
    readonly sigstore: Sigstore,
    /** With the roots that the door trusts. */
    private readonly folder: string,
  ) {}

  /** null where there is no openssl to play Sigstore with. `repository`: instead of the one with four levels. */
  static async create(repository?: Repository): Promise<Certified | null> {
    const sigstore = await Sigstore.create({ workflow: `${SIGNER}@refs/tags/v1` })
    const folder = mkdtempSync(join(tmpdir(), 'certify-roots-'))
    const reach = await sigstore.forProcess(folder)
    if (reach === null) return null
    const scene = await gateScene({ workflows: { [RELEASE]: built }, sigstore: reach }, 4)
    const certified = new Certified(scene, sigstore, folder)
    if (repository === undefined) certified.policy((text) => text)
    else {
      const { files, release, policy } = repository
      Object.assign(scene.world, { files, workflows: { [RELEASE]: release.replace('@ROOTS', join(folder, ROOTS)) } })
      scene.policy(() => policy)
    }
    return certified
  }

  /** As it was when the commit was certified, but for `change`. */
  policy(change: (text: string) => string): void {
    const own = 'certificate: { subjects: ["dist/*.tgz"] }\n'
    this.scene.policy((text) => change(text.replace('gate-4, auto_progression: true }', 'gate-4 }') + own))
  }

  async stop(): Promise<void> {
    await this.sigstore.stop()
    await closeFronts()
    await this.scene.github.stop()
  }

  /** Path of the file with the roots that are trusted. */
  get roots(): string {
    return join(this.folder, ROOTS)
  }

  /** The push to main, with somebody at gates 3 and 4 who approves. */
  released(): Promise<RunEnd> {
    this.scene.world.reviewers = { 'certify-gate-3': [{ approve: 'bob' }], 'certify-gate-4': [{ approve: 'carol' }] }
    return play(this.scene.world, RELEASE)
  }

  goLive(approval: string): Promise<RunEnd> {
    return this.dispatched(live, { approval, run: '1001' })
  }

  /** `run`: that built the files; left out, the dispatched one does. */
  issue(run = ''): Promise<RunEnd> {
    return this.dispatched(issued, { run })
  }

  revoke(certificate: string, reason: string): Promise<RunEnd> {
    return this.dispatched(revoked, { certificate, reason })
  }

  /** The door, in a job of its own: which files lie there, and what is asked. */
  async door(asked: Record<string, string>, there: Record<string, string> = {}, env: Record<string, string> = {}): Promise<Door> {
    for (const [path, text] of Object.entries(there)) writeFileSync(join(this.folder, path.replaceAll('/', '-')), text)
    const inputs: Record<string, string> = {
      command: 'verify',
      'trusted-root': this.roots,
      ...asked,
    }
    for (const path of Object.keys(there))
      for (const name of ['certificate', 'subject'])
        if (inputs[name] === path) inputs[name] = join(this.folder, path.replaceAll('/', '-'))
    const workflow = `on: workflow_dispatch
permissions: {}
jobs:
  door:
    permissions: { contents: read, actions: read, pull-requests: read, attestations: read }
    steps:
      - id: door
        uses: OWNER/certify@v1
        with: ${JSON.stringify(inputs)}
        env: ${JSON.stringify(env)}
`
    const end = await this.dispatched(workflow, {})
    const step = end.jobs[0]!.steps[0] as StepEnd
    return { exit: step.exit, refusal: step.outputs.refusal, log: step.log }
  }

  get moment(): Moment {
    return this.scene.github.state.git.refs.get(LEDGER) ?? ''
  }

  /** What stood before the last thing that was written. */
  get before(): Moment {
    return this.scene.github.state.git.commits.get(this.moment)!.parents[0]!
  }

  /** The ledger is as it was then, by a push that does not ask what was there. */
  back(moment: Moment): void {
    this.scene.github.state.git.refs.set(LEDGER, moment)
  }

  /** certificate.json of the last one that was uploaded. */
  get last(): { id: string; text: string } {
    const { data } = recordsOf(this.scene.github).findLast(({ type }) => type === 'certificate.issued')!
    const { id } = data.certificate as { id: string }
    return { id, text: this.files.get('certificate.json')! }
  }

  /** What the issuing job has left as an artifact, by path. */
  get files(): Map<string, string> {
    const { artifacts } = this.scene.github.state
    const left = artifacts.findLast(({ name }) => name === 'certify-certificate')!
    return new Map([...unzip(left.blob)].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))
  }

  private dispatched(workflow: string, inputs: Record<string, string>): Promise<RunEnd> {
    const { world } = this.scene
    const file = '.github/workflows/dispatched.yml'
    this.runs += 1
    const event = { ...world.event, name: 'workflow_dispatch', payload: { ...world.event.payload, inputs } }
    return play({ ...world, run: this.runs, event, workflows: { [file]: workflow } }, file)
  }
}
