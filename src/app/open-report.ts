// What a run that cannot write left, taken apart: it must be whole, of this run and commit, and agree with itself and the policy of now.
import { digestOf } from '../config/digest.ts'
import type { ResolvedPolicy } from '../model/config.ts'
import type { EvaluationData, RecordedFacts } from '../model/evaluation.ts'
import { type Draft, objectPath } from '../model/ledger.ts'
import { REPORTED_SCHEMA } from '../model/pending.ts'
import { CertifyError } from '../model/problem.ts'
import { dataProblem } from './ledger/evaluation-shape.ts'
import { openPending, REPORTED_FILE } from './ledger/pending.ts'
import { replayRecord } from './ledger/replay-record.ts'
import type { Subject } from './ports.ts'

export interface Report {
  data: EvaluationData
  facts: RecordedFacts
}

export interface ReportOf {
  /** As GitHub knows it. */
  subject: Subject
  name: string
  version: string
  /** The trusted one, of now. */
  policy: ResolvedPolicy
}

/** Throws CertifyError (`report_refused`, or what reading it threw) with the sentence that says why it does not count. */
export function openReport(bytes: Uint8Array, of: ReportOf): Report {
  try {
    return opened(bytes, of)
  } catch (cause) {
    // Whatever the shape of the facts leads to: nothing in the file is vouched for.
    if (cause instanceof CertifyError && cause.code !== 'record_malformed') throw cause
    throw refused('holds facts that no run leaves')
  }
}

function opened(bytes: Uint8Array, of: ReportOf): Report {
  const { drafts, objects } = openPending(bytes, REPORTED_FILE, null, REPORTED_SCHEMA)
  const [draft, ...more] = drafts
  if (draft === undefined || more.length > 0 || draft.type !== 'evaluation') throw refused('does not hold one evaluation')
  const shape = dataProblem(draft.data)
  if (shape !== null) throw refused(shape)
  const data = draft.data as EvaluationData
  const foreign = foreignTo(of, draft, data)
  if (foreign !== null) throw refused(foreign)
  if (data.tool.version !== of.version)
    throw refused(`was made by certify ${data.tool.version}, and this is ${of.version}`, 'use the same version in both workflows')
  if (data.facts === null || data.policy === null)
    throw refused('says that the run itself could not judge', 'the run has the reason')
  const own = objects[objectPath(data.policy.object)]
  if (own === undefined) throw refused('names a policy that it does not hold')
  const policy = JSON.parse(own) as ResolvedPolicy
  if (digestOf(policy.config) !== digestOf(of.policy.config))
    throw refused(
      `was judged by another policy than ${of.policy.source} of now`,
      'the policy has changed since, or the two workflows give other inputs or variables: run the checks of the pull request again',
    )
  const replay = replayRecord(data, policy, of.version)
  if (replay === null || !replay.same) {
    const where = replay?.edited[0] ?? replay?.difference?.at ?? 'its facts'
    throw refused(`contradicts itself: ${where.slice(0, 200)} is not what its digests say`)
  }
  return { data, facts: data.facts }
}

function foreignTo({ subject, name }: ReportOf, draft: Draft, data: EvaluationData): string | null {
  const { repository, commit, run, attempt, pullRequest } = subject
  const same = (...said: unknown[]): boolean => said.join() === [repository, commit, run, attempt].join()
  if (!same(draft.repo, draft.sha, draft.run?.id, draft.run?.attempt)) return 'is of another repository, commit or run'
  const own = data.subject
  if (!same(own.repository, own.commit, own.run, own.attempt)) return 'holds the evaluation of another repository, commit or run'
  if (own.event !== 'pull_request' || own.pullRequest !== pullRequest)
    return `says it is about pull request ${own.pullRequest}, and the run was for ${pullRequest}`
  return data.name === name ? null : `is of the use "${data.name.slice(0, 60)}", not of "${name}"`
}

function refused(why: string, hint?: string): CertifyError {
  return new CertifyError('report_refused', `${REPORTED_FILE} of the run ${why}`, hint === undefined ? {} : { hint })
}
