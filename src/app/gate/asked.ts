// What a gate asks, read from the world now: its environments with their rules, the reviews so far, who may not approve.
import { canonical, sha256 } from '../../certificate/ledger/seal.ts'
import { environmentsOf, settleApproval } from '../../gates/approvals.ts'
import { foreignRef, guard } from '../../gates/environment-guard.ts'
import { codeSubject, evidenceCode } from '../../gates/evidence-code.ts'
import type { EnvironmentRules, Excluded, GateApproval, IssueAsked, KeyedReview, Review, Snapshot } from '../../model/approval.ts'
import type { Config, GateConfig } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import { type Reason, reason } from '../../model/reason.ts'
import type { Ports, Reviews } from '../ports.ts'
import { changeSince } from './change-since.ts'
import type { Evaluation } from './evaluation.ts'

export interface Asked {
  gate: GateConfig
  subject: Omit<Snapshot, 'reviews' | 'at' | 'gate'>
  /** The eight characters that stand for it. */
  code: string
  mechanism: GateApproval['mechanism']
  environments: EnvironmentRules[]
  /** Each alone keeps the gate shut. */
  refusals: Reason[]
  /** What was evaluated is no longer what an approval would be for: it voids any. */
  stale: Reason[]
  warnings: Reason[]
  reviews: KeyedReview[]
  excluded: Excluded[]
}

/** `policyDigest`: of the policy as it is now on the trusted ref; another one than the evaluation's voids every approval. */
export async function askedOf(
  gate: GateConfig,
  evaluation: Evaluation,
  policyDigest: string | null,
  ports: Ports,
): Promise<Asked> {
  const reviews = reviewsOf(ports)
  const { config } = evaluation.policy
  const { commit, run, attempt } = ports.subject
  const subject = {
    run: run ?? 0,
    attempt: attempt ?? 1,
    commit: commit ?? '',
    evidenceDigest: evaluation.data.evidenceDigest,
    policyDigest: policyDigest ?? '',
  }
  const code = evidenceCode(sha256(codeSubject(subject)))
  const { mechanism, preventSelfReview } = config.manualReview
  const asked: Asked = {
    gate,
    subject,
    code,
    mechanism,
    environments: [],
    refusals: [],
    stale: [],
    warnings: [],
    reviews: [],
    excluded: [],
  }
  // What is asked about was judged by the policy of then.
  if (subject.policyDigest !== evaluation.data.policy?.digest) asked.stale.push(voided(gate, 'the policy'))
  if (mechanism === 'environment') await readEnvironments(asked, config, reviews, ports)
  else await readFallback(asked, config, reviews, ports)
  if (preventSelfReview) await readExcluded(asked, evaluation, reviews, ports)
  return asked
}

/** Of a branch or pull request that has gone on since, only the newest commit may be approved (decisions 34 and 54). */
export async function movedOn(gate: GateConfig, ports: Ports): Promise<Reason[]> {
  const tip = await reviewsOf(ports).tip()
  return tip === null || tip === ports.subject.commit ? [] : [voided(gate, 'the commit')]
}

function voided({ number: gate }: GateConfig, what: string): Reason {
  return reason('approval_void', { gate, what })
}

export function reviewsOf(ports: Ports): Reviews {
  if (ports.reviews !== null) return ports.reviews
  throw new CertifyError('needs_github', 'a gate is approved on GitHub, and can only be judged there', {
    hint: 'run it in the workflow',
  })
}

export function issueOf({ gate, subject, code }: Asked): IssueAsked {
  return { gate: gate.number, commit: subject.commit, evidenceDigest: subject.evidenceDigest, code }
}

async function readEnvironments(asked: Asked, config: Config, reviews: Reviews, ports: Ports): Promise<void> {
  const names = environmentsOf(asked.gate)
  const { number: gate, refs } = asked.gate
  if (names.length === 0)
    asked.refusals.push(
      reason('environment_unsafe', {
        gate,
        environment: '',
        setting: 'the policy names none for this gate',
        fix: `set environment: certify-gate-${gate}`,
      }),
    )
  const { preventSelfReview, adminBypass } = config.manualReview
  for (const name of names) {
    const rules = await reviews.environment(name)
    // GitHub minds no case in a name, and its reviews carry the name as it has it.
    if (rules.exists && rules.name !== name)
      asked.refusals.push(
        reason('environment_unsafe', {
          gate,
          environment: name,
          setting: `GitHub calls it ${rules.name}`,
          fix: `name it so in the policy: environment: ${rules.name}`,
        }),
      )
    const found = guard(rules, { gate, preventSelfReview, adminBypass, refs }, ports.subject.ref)
    asked.environments.push(rules)
    asked.refusals.push(...found.refusals)
    asked.warnings.push(...found.warnings)
  }
  asked.reviews = (await reviews.reviews()).map(keyed)
}

function keyed(review: Review): KeyedReview {
  const { state, user, comment } = review
  return { ...review, key: sha256(canonical([state, user.id, comment])).slice(0, 16) }
}

/** Where an environment cannot ask: the word of those whom the policy lists, given elsewhere (decision 35). */
async function readFallback(asked: Asked, config: Config, reviews: Reviews, { subject }: Ports): Promise<void> {
  const { mechanism, approvers } = config.manualReview
  const all = mechanism === 'issue' ? await reviews.issueReviews(issueOf(asked)) : await reviews.pullRequestReviews()
  const names = environmentsOf(asked.gate)
  const allowed = new Set(approvers.map((login) => login.toLowerCase()))
  // They speak for every slot of the gate: its people are still told apart by the policy's lists.
  asked.reviews = all
    .filter((one) => allowed.has(one.user.login.toLowerCase()))
    .map((one) => ({ ...one, environments: names }))
    .map(keyed)
  // No environment keeps other refs out here.
  const foreign = foreignRef(asked.gate.refs, subject.ref, asked.gate.number)
  if (foreign !== null)
    asked.refusals.push(reason('environment_unsafe', { gate: asked.gate.number, environment: mechanism, ...foreign }))
  if (approvers.length === 0)
    asked.refusals.push(
      reason('environment_unsafe', {
        gate: asked.gate.number,
        environment: mechanism,
        setting: 'the policy lists nobody whose word counts',
        fix: 'list them under certification_validation.manual_review.approvers',
      }),
    )
}

async function readExcluded(asked: Asked, evaluation: Evaluation, reviews: Reviews, ports: Ports): Promise<void> {
  const unknown = (why: string): void => void asked.refusals.push(reason('duties_unknown', { gate: asked.gate.number, why }))
  const begin = await changeSince(asked.gate, evaluation, ports)
  if ('problem' in begin) return unknown(begin.problem)
  const { people, problem } = await reviews.excluded(begin.since, begin.included)
  asked.excluded = people
  if (problem !== null) unknown(problem)
}

/** How the jobs in the environments went. */
export interface Wait {
  waited: boolean
  timedOut: boolean
  /** Result of them together; null: not known. */
  ended: string | null
}

/** What the reviews make of the gate. `snapshot` null: all of the run's count. */
export function settled(asked: Asked, snapshot: Snapshot | null, { waited, timedOut, ended }: Wait, ports: Ports): GateApproval {
  const { mechanism } = asked
  // Where no job waits, nothing can have gone past it.
  const waits = mechanism === 'environment'
  return settleApproval({
    ...asked,
    snapshot,
    now: ports.clock.now().toISOString(),
    waited: waits && waited,
    timedOut: waits && timedOut,
    wait: ended,
  })
}

/** One line, for a job's output. */
export function snapshotText(snapshot: Snapshot): string {
  return canonical(snapshot)
}

/** Throws CertifyError for anything that `snapshotText` has not written for this gate. */
export function snapshotOf(text: string | undefined, { gate, mechanism }: Pick<Asked, 'gate' | 'mechanism'>): Snapshot {
  let snapshot: Partial<Snapshot> | null = null
  try {
    snapshot = JSON.parse(text ?? '') as Partial<Snapshot> | null
  } catch {
    // Told below.
  }
  const { reviews } = snapshot ?? {}
  // An environment that it says nothing of would make new ones of all its reviews.
  const told = (name: string): boolean => mechanism !== 'environment' || Array.isArray(reviews?.[name])
  if (
    snapshot?.gate !== gate.number ||
    typeof snapshot.commit !== 'string' ||
    typeof reviews !== 'object' ||
    reviews === null ||
    !environmentsOf(gate).every(told)
  )
    throw new CertifyError('usage', `gate ${gate.number} has no snapshot of before the wait`, {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user has to write.
      hint: 'snapshot: ${{ needs.preflight.outputs.snapshot }}',
    })
  return snapshot as Snapshot
}
