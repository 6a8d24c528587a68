// The jobs of a gate in memory: the evaluation that people are asked about, what GitHub says of them, and each phase.
import { evaluate } from '../../src/app/evaluate.ts'
import { gate } from '../../src/app/gate.ts'
import type { Ended, Invocation } from '../../src/app/invocation.ts'
import { keep } from '../../src/app/ledger/keep.ts'
import { PENDING_FILE, pendingDigest } from '../../src/app/ledger/pending.ts'
import type { Ports, Reviews, RunFacts, Subject } from '../../src/app/ports.ts'
import { record } from '../../src/app/record.ts'
import type { EnvironmentRules, Excluded, GateApproval, Review } from '../../src/model/approval.ts'
import { environment, type Name, review } from './approvals.ts'
import { MemoryLedger } from './ledger/memory.ts'
import { CONFIG, clockAt } from './ledger/recorded.ts'
import { COMMIT, invocation, ledgerOf, type World, world } from './ports.ts'
import { FOUR_LEVELS, fourLevelFiles } from './workflows/four-levels.ts'

/** Of the workspace instead of an artifact; gate 4 goes live by a dispatch of its own. */
export const POLICY = FOUR_LEVELS.replaceAll('artifact: reports, ', '').replaceAll(/,? ?auto_progression: true/g, '')

export const SUBJECT: Subject = {
  repository: 'acme/shop',
  commit: COMMIT,
  tested: null,
  ref: 'refs/heads/main',
  event: 'push',
  pullRequest: null,
  run: 1001,
  attempt: 1,
}

/** What GitHub says. Anna and Ben are reviewers everywhere. */
export class People implements Reviews {
  environments = new Map<string, EnvironmentRules>()
  said: Review[] = []
  hands: Excluded[] = []
  run: RunFacts | null = { commit: COMMIT, attempt: 1, event: 'push', branch: 'main' }
  at: string | null = COMMIT
  /** What was asked about, by `about`. */
  asked: Subject[] = []
  /** The commits since which it was asked who had a hand in the change; `from` where that one is a part of it. */
  since: (string | null)[] = []

  about(subject: Subject): Reviews {
    this.asked.push(subject)
    return this
  }
  runFacts: Reviews['runFacts'] = async () => this.run
  tip = async () => this.at
  environment = async (name: string) => this.environments.get(name) ?? environment(name)
  reviews = async () => this.said
  excluded = async (since: string | null, included = false) => {
    this.since.push(included ? `from ${since}` : since)
    return { people: this.hands, problem: null }
  }
  pullRequestReviews = async () => this.said
  issueReviews = async () => this.said
  openIssue = async () => 'https://github.com/acme/shop/issues/1'
  repository = async () => ({ private: false, ghes: false, requiredReviewers: true })

  approve(by: Name, gateNumber: number, change: Partial<Review> = {}): void {
    const { key: _, ...said } = review(by, { environments: [`certify-gate-${gateNumber}`], ...change })
    this.said.push(said)
  }
}

export class GateJobs {
  readonly people = new People()
  readonly store = new MemoryLedger()
  readonly files = new Map<string, string>()
  subject = SUBJECT
  digest = ''
  snapshot = ''
  after: string[] = []
  needs: unknown = { wait: { result: 'success', outputs: { started: 'true' } } }
  private ids = 0

  constructor(public policy = POLICY) {
    for (const [path, text] of Object.entries(fourLevelFiles())) this.files.set(path.replace(/^made\//, ''), text)
  }

  world(change: Partial<Ports> = {}): World {
    const newId = () => (++this.ids).toString(16).padStart(32, 'd')
    return world(
      { ...Object.fromEntries(this.files), [CONFIG]: this.policy },
      {
        inAction: true,
        clock: clockAt(),
        subject: this.subject,
        reviews: this.people,
        ledger: ledgerOf(this.store, { mode: () => 'leave', newId, actor: 'alice' }),
        env: { CERTIFY_NEEDS: JSON.stringify(this.needs) },
        ...change,
      },
    )
  }

  async evaluated(asked: Partial<Invocation> = {}): Promise<void> {
    const made = this.world({ env: {} })
    const evaluated = await evaluate(invocation({ level: '4', ...asked }), made)
    const note = await keep(evaluated, 'certify-report', made)
    if (note.state !== 'left') throw new Error(`the evaluation was not left: ${JSON.stringify(note)}`)
    this.take(made)
    this.digest = note.digest
  }

  /** The record job of what lies in that folder. */
  async recorded(folder = 'certify-report'): Promise<string | undefined> {
    const text = this.files.get(`${folder}/${PENDING_FILE}`)!
    const asked = invocation({ command: 'record', reportDir: folder, recordDigest: pendingDigest(text) })
    return (await record(asked, this.world())).outputs?.approval
  }

  async phase(phase: Invocation['phase'], number: number, change: Partial<Invocation> = {}): Promise<Ended> {
    const made = this.world()
    const ended = await gate(
      invocation({
        command: 'gate',
        level: '4',
        phase,
        gate: number,
        recordDigest: this.digest,
        snapshot: this.snapshot,
        after: this.after,
        environment: `certify-gate-${number}`,
        ...change,
      }),
      made,
    )
    this.take(made)
    if (phase === 'preflight') this.snapshot = ended.outputs!.snapshot!
    return ended
  }

  /** Asked, approved by that person, confirmed and recorded. */
  async approved(number: number, by: Name): Promise<{ ended: Ended; approval: string | undefined }> {
    await this.phase('preflight', number)
    this.people.approve(by, number)
    const ended = await this.phase('confirm', number)
    this.after.push(`${number}:${ended.outputs!['gate-digest']}`)
    return { ended, approval: await this.recorded(`certify-gate-${number}`) }
  }

  /** All four gates open and recorded so: 3 and 4 approved, and gate 4 gone live by a dispatch of its own. */
  async wentLive(): Promise<void> {
    await this.evaluated()
    await this.recorded()
    await this.approved(3, 'anna')
    const { approval } = await this.approved(4, 'ben')
    const { subject } = this
    this.subject = { ...subject, run: 2002 }
    await this.phase('go-live', 4, { approval: approval! })
    await this.recorded('certify-gate-4')
    this.subject = subject
  }

  left(number: number): GateApproval {
    return JSON.parse(this.files.get(`certify-gate-${number}/gate.json`)!) as GateApproval
  }

  private take({ files }: World): void {
    for (const [path, text] of files.written) this.files.set(path, text)
  }
}
