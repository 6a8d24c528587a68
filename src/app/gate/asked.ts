// What a gate asks, read from the world now: its environments with their rules, the reviews so far, who may not approve.
import { canonical, sha256 } from '../../certificate/ledger/seal.ts'
import { environmentsOf } from '../../gates/approvals.ts'
import { guard } from '../../gates/environment-guard.ts'
import { codeSubject, evidenceCode } from '../../gates/evidence-code.ts'
import type { EnvironmentRules, Excluded, GateApproval, IssueAsked, KeyedReview, Review, Snapshot } from '../../model/approval.ts'
import type { Config, GateConfig } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import { type Reason, reason } from '../../model/reason.ts'
import type { Ports, Reviews } from '../ports.ts'
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
  const asked: Asked = { gate, subject, code, mechanism, environments: [], refusals: [], warnings: [], reviews: [], excluded: [] }
  if (mechanism === 'environment') await readEnvironments(asked, config, reviews, ports)
  else await readFallback(asked, config, reviews)
  if (preventSelfReview) await readExcluded(asked, evaluation, reviews)
  return asked
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
async function readFallback(asked: Asked, config: Config, reviews: Reviews): Promise<void> {
  const { mechanism, approvers } = config.manualReview
  const all = mechanism === 'issue' ? await reviews.issueReviews(issueOf(asked)) : await reviews.pullRequestReviews()
  const names = environmentsOf(asked.gate)
  const allowed = new Set(approvers.map((login) => login.toLowerCase()))
  // They speak for every slot of the gate: its people are still told apart by the policy's lists.
  asked.reviews = all
    .filter((one) => allowed.has(one.user.login.toLowerCase()))
    .map((one) => ({ ...one, environments: names }))
    .map(keyed)
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

async function readExcluded(asked: Asked, { facts }: Evaluation, reviews: Reviews): Promise<void> {
  const since = facts.comparison.baseline?.records[0]?.commit ?? null
  const { people, problem } = await reviews.excluded(since)
  asked.excluded = people
  if (problem !== null) asked.refusals.push(reason('duties_unknown', { gate: asked.gate.number, why: problem }))
}

/** One line, for a job's output. */
export function snapshotText(snapshot: Snapshot): string {
  return canonical(snapshot)
}

/** Throws CertifyError for anything that `snapshotText` has not written. */
export function snapshotOf(text: string | undefined, gate: number): Snapshot {
  let snapshot: Partial<Snapshot> = {}
  try {
    snapshot = JSON.parse(text ?? '') as Partial<Snapshot>
  } catch {
    // Told below.
  }
  if (
    snapshot.gate !== gate ||
    typeof snapshot.commit !== 'string' ||
    typeof snapshot.reviews !== 'object' ||
    snapshot.reviews === null
  )
    throw new CertifyError('usage', `gate ${gate} has no snapshot of before the wait`, {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user has to write.
      hint: 'snapshot: ${{ needs.preflight.outputs.snapshot }}',
    })
  return snapshot as Snapshot
}
