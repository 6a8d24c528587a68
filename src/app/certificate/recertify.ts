// `command: recertify`: looks at every certificate again, and does once what the day asks for. One append for the whole run.
import { historyOf } from '../../certificate/history.ts'
import { canonical } from '../../certificate/ledger/seal.ts'
import { isUntouched } from '../../certificate/recertify.ts'
import { revokedBecause } from '../../certificate/wording.ts'
import type { CertificateHistory } from '../../model/certificate.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Recertified } from '../../model/recertified.ts'
import { renderRecertified, renderRecertifiedMarkdown } from '../../reporting/renderers/recertified.ts'
import { asEvaluated } from '../gate.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { append } from '../ledger/append.ts'
import { badgesFor, type Extras, together } from '../ledger/badges.ts'
import { certificateSaid } from '../ledger/certificate-badge.ts'
import { decidedConfig, decidePolicy } from '../policy.ts'
import type { Attestor, LedgerStore, Ports } from '../ports.ts'
import type { Today } from './case.ts'
import { type Chain, verifiedChain } from './chain.ts'
import { revocationsWith } from './extras.ts'
import { leaveCertificate } from './leave.ts'
import { bundlesOffered, foreignTo, madeSince, type Newer, newerEvidence } from './newer-evidence.ts'
import { type Done, Run } from './recertify-run.ts'
import { trusted } from './trusted.ts'

/** Whole runs, each from what the ledger then holds, before it is given up. */
const TRIES = 5

/** What is only said is not signed: a signature would be kept by GitHub, and be of nothing. */
const PRETENDED: Attestor = {
  workflow: async () => null,
  attest: async () => ({ state: 'signed', bundle: '{}', url: null }),
}

/** Somebody else wrote after the ledger was read: what was made for its end then is not written. */
class Moved extends Error {}

/** Exit 0: each was looked at; 1: some could not be judged, or evidence was not readable. Throws CertifyError where it could not be recorded. */
export async function recertify(invocation: Invocation, ports: Ports): Promise<Ended> {
  // A clock that was set by hand (decision 14) is for looking, not for the record.
  const dryRun = invocation.dryRun || ports.clock.kind === 'fixed'
  if (!dryRun) trusted(ports)
  const now = ports.clock.now()
  const still: Ports = {
    ...ports,
    clock: { kind: ports.clock.kind, now: () => now },
    ...(dryRun ? { attestor: async () => PRETENDED } : {}),
  }
  const config = await decidedConfig(invocation, still)
  const offered = bundlesOffered(invocation, still)
  for (let tries = 1; tries <= TRIES; tries++) {
    const chain = await verifiedChain(config.ledger, still)
    const notTaken: Newer['notTaken'] = [...offered.unread]
    const run = new Run(chain, config, still, todayFor(invocation, still, offered, notTaken))
    notTaken.push(...foreignTo(offered, new Set(run.history.issued.map((held) => held.data.certificate.commit))))
    for (const held of run.history.issued) if (held.data.certificate.name === invocation.name) await run.look(held)
    if (dryRun) return ended(run, chain, notTaken, dryRun, invocation)
    try {
      const head = await record(run, invocation.name, still)
      await after(run.done, invocation, ports)
      return ended(
        run,
        { ...chain, verification: { ...chain.verification, head: head.hash, records: head.seq } },
        notTaken,
        dryRun,
        invocation,
      )
    } catch (error) {
      if (!(error instanceof Moved)) throw error
    }
  }
  throw new CertifyError('ledger_busy', `others wrote to the ledger each of ${TRIES} times`, {
    hint: 'nothing was recorded; run it again, at a time when fewer jobs record',
  })
}

async function record({ chain, drafts, records, objects, revoked, history, badges }: Run, name: string, ports: Ports) {
  const { store, verification } = chain
  if (drafts.length === 0) return { seq: verification.records, hash: verification.head ?? '' }
  // With whatever was revoked before: a writer that was cut off may have left it out beside the chain.
  const all = [...history.revoked, ...revoked]
  const known = all.length === 0 ? [] : [revocationsWith({ revoked: all })]
  const newest = newestOf(historyOf([...chain.records, ...records]), name)
  const extras = together(badgesFor(badges), ...known, ...newest)
  const options = { ...ports.ledger.append, clock: ports.clock, objects, extras, since: verification.records }
  let wrote = false
  const own = asRead(store, chain.version, () => {
    wrote = true
  })
  const { head } = await append(own, drafts, options)
  // All of it had been written by another, word for word: that one did it, and tells it.
  if (!wrote) throw new Moved()
  return head
}

/** Written to as it was read, or not at all: renewals hold their place in it. */
function asRead(store: LedgerStore, version: string, writing: () => void): LedgerStore {
  return {
    place: store.place,
    tip: (paths) => store.tip(paths),
    read: (at, paths) => store.read(at, paths),
    all: (at) => store.all(at),
    swap: async (at, write) => {
      if (at !== version) throw new Moved()
      writing()
      return store.swap(at, write)
    },
  }
}

/** How the newest certificate of each branch stands then: only the ones that are looked at. */
function newestOf(history: CertificateHistory, name: string): Extras[] {
  const own = history.issued.map(({ data }) => data.certificate).filter((one) => one.name === name)
  return [...new Map(own.map((one) => [one.ref, one])).values()].map((one) => certificateSaid(history, one))
}

/** The policy by what its evaluation was asked for, and the reports of its commit: both read once for all certificates of it. */
function todayFor(
  invocation: Invocation,
  ports: Ports,
  offered: Parameters<typeof newerEvidence>[1],
  notTaken: Newer['notTaken'],
): Today {
  const policies = new Map<string, ReturnType<typeof decidePolicy>>()
  const newer = new Map<string, Promise<Newer>>()
  return async (evaluation) => {
    const asked = { ...asEvaluated(invocation, evaluation), level: undefined }
    const key = JSON.stringify([asked.evidence, asked.artifacts])
    const decided = policies.get(key) ?? decidePolicy(asked, ports)
    policies.set(key, decided)
    const { config, problems, ...rest } = (await decided).resolved
    if (config === null)
      throw new CertifyError('config_invalid', `${rest.source} has ${problems.length} problem(s)`, { problems })
    const commit = evaluation.data.subject.commit ?? ''
    const known = newer.get(`${commit} ${key}`)
    const found = known ?? newerEvidence(commit, offered, config, ports)
    newer.set(`${commit} ${key}`, found)
    const since = madeSince(await found, evaluation, ports.clock.now())
    // Several certificates of one commit are told of the same.
    const told = new Set(notTaken.map(canonical))
    for (const one of since.notTaken) if (told.size < told.add(canonical(one)).size) notTaken.push(one)
    return { policy: { ...rest, config }, newer: since }
  }
}

/** What others are told of, and what is left as files; the ledger has it by now. */
async function after(done: readonly Done[], { reportDir, name }: Invocation, ports: Ports): Promise<void> {
  for (const { plan, renewal } of done) {
    const { commit, id, revoke } = plan
    if (revoke !== null) await ports.tellRevoked?.({ commit, id, name, text: revokedBecause(revoke) })
    if (renewal === null) continue
    const folder = `${reportDir}/renewed/${renewal.data.certificate.id}`
    leaveCertificate(renewal.data, renewal.bundle, { reportDir: folder }, ports)
  }
}

function ended(
  { done }: Run,
  { verification }: Chain,
  notTaken: Newer['notTaken'],
  dryRun: boolean,
  invocation: Invocation,
): Ended {
  const touched = done.filter(({ plan }) => !isUntouched(plan))
  const shown: Recertified = {
    dryRun,
    certificates: touched.map((one) => ({ id: one.plan.id, commit: one.plan.commit, actions: actionsOf(one) })),
    untouched: done.length - touched.length,
    notTaken,
    head: { seq: verification.records, hash: verification.head ?? '' },
  }
  const inForce = done.filter(({ plan }) => plan.state === 'active' || plan.state === 'conditional')
  const commits = [...new Set(inForce.map(({ plan }) => plan.commit))]
  const open = notTaken.length > 0 || touched.some(({ plan }) => plan.unjudged !== null)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: open ? 1 : 0,
    output: invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderRecertified(shown, look),
    result: null,
    outputs: { 'ledger-head': shown.head.hash, commits: JSON.stringify(commits) },
    summary: renderRecertifiedMarkdown(shown),
  }
}

function actionsOf({ plan, renewal }: Done): Recertified['certificates'][number]['actions'] {
  const { unjudged, revoke, closes, notices } = plan
  return [
    ...(unjudged === null ? [] : [{ what: 'unjudged' as const, text: unjudged }]),
    ...(revoke === null ? [] : [{ what: 'revoked' as const, text: revoke.comment ?? revokedBecause(revoke) }]),
    ...closes.map((id) => ({ what: 'condition_met' as const, text: `${id} holds` })),
    ...notices.map(({ data }) => ({ what: data.what, text: data.text })),
    ...(renewal === null
      ? []
      : [{ what: 'renewed' as const, text: `${renewal.data.certificate.id}, until ${renewal.data.certificate.validUntil}` }]),
  ]
}
