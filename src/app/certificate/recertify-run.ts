// One look at every certificate of the ledger: what is to be recorded of each, sealed in its order, so that renewals know their place.
import { historyOf } from '../../certificate/history.ts'
import { canonical, headOf, seal } from '../../certificate/ledger/seal.ts'
import { type Finding, inForce, type Plan, planFor, recordId } from '../../certificate/recertify.ts'
import type { CertificateHistory, HeldCertificate, IssuedData, RevokedData } from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import { type Draft, EMPTY_HEAD, type LedgerRecord } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Recorded } from '../ledger/evaluation.ts'
import { draftOf } from '../ledger/pending.ts'
import type { Ports } from '../ports.ts'
import { type Case, caseOf, evaluatedAgain, evaluationDraft, findingOf, type Today } from './case.ts'
import type { Chain } from './chain.ts'
import { dataOf, issuedDraft, newId, objectsOf } from './issue.ts'
import { approvalsAgainst, renewed } from './renewal.ts'
import { revocationDraft } from './revoke.ts'
import { signedLike } from './vouched.ts'

export interface Done {
  plan: Plan
  /** The new certificate with its signature; null: none was made. */
  renewal: { data: IssuedData; bundle: string | null } | null
}

export class Run {
  readonly done: Done[] = []
  readonly drafts: Draft[] = []
  /** They, as they will stand. */
  readonly records: LedgerRecord[] = []
  readonly objects = new Map<string, string>()
  readonly revoked: { seq: number; data: RevokedData }[] = []
  /** Evaluations as badges are made of them: of the branch that they were runs of. */
  readonly badges: Draft<EvaluationData>[] = []
  readonly history: CertificateHistory
  private last: LedgerRecord | null
  private serial: number
  private readonly now: Date

  constructor(
    readonly chain: Chain,
    private readonly config: Config,
    private readonly ports: Ports,
    private readonly today: Today,
  ) {
    this.history = historyOf(chain.records)
    this.last = chain.records.at(-1) ?? null
    this.serial = this.history.issued.length
    this.now = ports.clock.now()
  }

  async look(held: HeldCertificate): Promise<void> {
    const { history, now, config } = this
    const one = inForce(held, history, now) ? await this.open(held) : null
    const plan = (finding: Finding | null): Plan => planFor(held, history, finding, config.certificate, now)
    const found = (against: readonly string[]): Finding | null =>
      one === null ? null : typeof one === 'string' ? { state: 'unjudged', why: one } : findingOf(one, against, now)
    const first = plan(found([]))
    if (one === null || typeof one === 'string') return this.keep({ plan: first, renewal: null }, held, null)
    if (!first.renews) return this.keep({ plan: first, renewal: null }, held, one)
    const made = await this.renew(one, first)
    if ('against' in made) return this.keep({ plan: plan(found(made.against)), renewal: null }, held, one)
    this.keep({ plan: first, renewal: made.renewal }, held, one, made.evaluated)
  }

  /** What cannot be opened is told, and keeps no other from being looked at. */
  private async open(held: HeldCertificate): Promise<Case | string> {
    return caseOf(held, this.history, this.chain, this.ports, this.today).catch(told)
  }

  private async renew(one: Case, plan: Plan): Promise<Renewal | { against: string[] }> {
    const { chain, ports, now } = this
    const against = await approvalsAgainst(one, chain, ports).catch((error) => [told(error)])
    if (against.length > 0) return { against }
    // Where nothing is new it rests on the same evaluation as before.
    const same =
      one.newer.admitted.length === 0 && one.policy.digest === one.record.data.policy?.digest && plan.closes.length === 0
    const evaluated = same ? null : this.evaluated(one, plan)
    const record = evaluated === null ? one.record : (this.sealed(evaluated.draft) as LedgerRecord<EvaluationData>)
    const before = evaluated === null ? this.last : record
    const made = renewed(
      one,
      {
        id: newId(ports),
        serial: this.serial + 1,
        ledger: { place: chain.store.place, ...(before === null ? EMPTY_HEAD : headOf(before)) },
        evaluation: { seq: record.header.seq, hash: record.hash, data: record.data },
      },
      now,
    )
    if ('refused' in made) return { against: made.refused }
    const signed = await signedLike(one, made.certificate, same, ports)
    if ('against' in signed) return signed
    const data = dataOf(made.certificate, signed, made.owners, one.held.data.certificate.id)
    return { renewal: { data, bundle: signed.bundle }, evaluated }
  }

  private keep(done: Done, held: HeldCertificate, one: Case | null, evaluated: Evaluated | null = null): void {
    const { plan, renewal } = done
    const { ports } = this
    this.done.push(done)
    const falls = plan.revoke !== null || plan.notices.some(({ data }) => data.what === 'no_longer_meets')
    const own =
      evaluated ?? (one !== null && renewal === null && (falls || plan.closes.length > 0) ? this.evaluated(one, plan) : null)
    if (own !== null && !this.chain.records.some(({ header }) => header.id === own.draft.id)) {
      this.add(own.draft, own.objects)
      this.badges.push({ ...own.draft, data: { ...own.draft.data, branch: one!.record.data.branch } })
    }
    for (const { record, data } of plan.notices)
      this.add({ ...draftOf('notification', data, ports), id: record, sha: plan.commit })
    if (plan.revoke !== null) {
      this.add(revocationDraft(held, plan.revoke, ports))
      this.revoked.push({ seq: this.last!.header.seq, data: plan.revoke })
    }
    if (renewal === null) return
    const { id, renewalDue } = held.data.certificate
    // By the old one and its date: a run that comes twice renews it once.
    this.add(
      { ...issuedDraft('certificate.renewed', renewal.data, ports), id: recordId(id, 'renewed', renewalDue) },
      objectsOf({ signing: renewal.data.signing, bundle: renewal.bundle }),
    )
    this.serial += 1
  }

  private evaluated(one: Case, { id, closes, renews }: Plan): Evaluated {
    const { data, objects }: Recorded = evaluatedAgain(one, this.chain.verification.records)
    // A renewal names the very record that it rests on: what a run that was cut off left of its own is not that.
    if (renews) return { draft: evaluationDraft(data, this.ports.ledger.newId(), this.ports), objects }
    const outcomes = Object.entries(data.outcome.criteria).map(([criterion, { outcome }]) => [criterion, outcome])
    const about = canonical([data.evidenceDigest, one.policy.digest, outcomes, closes])
    return { draft: evaluationDraft(data, recordId(id, 'evaluation', about), this.ports), objects }
  }

  private add(draft: Draft, objects: ReadonlyMap<string, string> = new Map()): void {
    // A chain that has an id twice does not verify any more.
    const taken = this.chain.records.find(({ header }) => header.id === draft.id)
    if (taken !== undefined)
      throw new CertifyError(
        'record_taken',
        `record ${taken.header.seq} has the id of what would be recorded, and is something else`,
        {
          hint: 'somebody wrote it by hand: look who did, and restore the ledger from before',
        },
      )
    this.last = this.sealed(draft)
    this.drafts.push(draft)
    this.records.push(this.last)
    for (const [path, text] of objects) this.objects.set(path, text)
  }

  /** As it will stand, if nobody writes in between: then all of it is made anew. */
  private sealed(draft: Draft): LedgerRecord {
    return seal(draft, this.last === null ? EMPTY_HEAD : headOf(this.last), this.now)
  }
}

/** What went wrong with one certificate, as a sentence. */
function told(error: unknown): string {
  if (!(error instanceof CertifyError)) throw error
  return `${error.message}.`
}

interface Evaluated {
  draft: Draft<EvaluationData>
  objects: Map<string, string>
}

interface Renewal {
  renewal: NonNullable<Done['renewal']>
  /** The evaluation that it rests on, where that is a new one. */
  evaluated: Evaluated | null
}
