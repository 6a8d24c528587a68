// Whether an approval out of the ledger is still one: GitHub is asked again for everything that its record says.
import type { GateApproval } from '../../model/approval.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import type { Ports, Reviews, RunFacts } from '../ports.ts'
import { askedOf, reviewsOf, settled } from './asked.ts'
import type { Evaluation } from './evaluation.ts'

export interface Live {
  /** Of the policy now. */
  digest: string | null
  refuse: (why: string, hint?: string) => never
  ports: Ports
}

/** Anybody who may write to the repository can put a record into the ledger: nothing it says is taken from it. */
export async function stillHolds(approval: GateApproval, evaluation: Evaluation, { digest, refuse, ports }: Live): Promise<void> {
  const { data, policy } = evaluation
  const { gate: number } = approval
  if (approval.state !== 'approved') refuse(`gate ${number} is ${approval.state}`)
  if (data.evidenceDigest !== approval.evidenceDigest || data.subject.commit !== approval.commit)
    refuse('it was given for other evidence or another commit')
  if (approval.policyDigest !== digest) refuse('the policy has changed since')
  const config = policy.config.gates.find((one) => one.number === number)
  if (config === undefined || approval.mechanism !== policy.config.manualReview.mechanism)
    return refuse('it was not given as the policy asks for it')
  const subject = { ...data.subject, run: approval.run, attempt: approval.attempt }
  const reviews = reviewsOf(ports).about(subject)
  await sameRun(approval, data.subject, reviews, refuse)
  const asked = await askedOf(config, evaluation, digest, { ...ports, subject, reviews })
  const unsafe = asked.refusals.find((one) => one.code === 'environment_unsafe')
  if (unsafe !== undefined)
    refuse(
      `environment ${(unsafe.args as { environment: string }).environment} no longer holds`,
      'certify doctor names the setting',
    )
  if (asked.refusals.length > 0) refuse('who had a hand in the change is not known', 'certify doctor names what is missing')
  // Of all that was said in that run, only the yes of those whom the record names.
  const signed = new Set(approval.slots.flatMap(({ filledBy }) => filledBy?.id ?? []))
  const said = asked.reviews.filter((one) => one.state === 'approved' && signed.has(one.user.id))
  const again = settled({ ...asked, reviews: said }, null, { waited: false, timedOut: false, ended: null }, ports)
  if (again.state === 'approved') return
  const who = approval.slots.flatMap(({ filledBy, environment }) =>
    filledBy === null ? [] : `${filledBy.login} in ${environment}`,
  )
  refuse(
    again.refused.length > 0
      ? `${again.refused[0]!.user.login} may no longer approve it`
      : `GitHub no longer shows the review of ${who.join(', ') || 'anybody'}`,
  )
}

/** The run is of that commit, and nobody has started it again. */
async function sameRun(
  { run, attempt, commit }: GateApproval,
  evaluated: EvaluationData['subject'],
  reviews: Reviews,
  refuse: Live['refuse'],
): Promise<void> {
  const facts = run === evaluated.run ? await reviews.runFacts(run) : null
  const misfit = misfitOf(facts, { run, attempt, commit, ref: evaluated.ref })
  if (misfit !== null) refuse(misfit)
}

/** Why what GitHub says of a run is not of that commit as a run of its own branch; null: it is. `attempt` left out: any. */
export function misfitOf(
  facts: RunFacts | null,
  of: { run: number | null; attempt?: number; commit: string | null; ref: string | null },
): string | null {
  const { run, attempt, commit, ref } = of
  if (facts === null || facts.commit !== commit) return `run ${run ?? '?'} is not one of commit ${(commit ?? '').slice(0, 12)}`
  if (attempt !== undefined && facts.attempt !== attempt) return `run ${run} was started again since`
  if (/^(?:pull_request|merge_group)/.test(facts.event)) return `run ${run} is one of a pull request`
  if (facts.branch === null || ref?.replace(/^refs\/(?:heads|tags)\//, '') === facts.branch) return null
  return `run ${run} is one of ${facts.branch}, not of ${ref ?? 'any branch'}`
}
