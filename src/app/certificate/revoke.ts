// `command: revoke`: ends a certificate for good, says so in the ledger, and tells the commit it was for.
import { historyOf } from '../../certificate/history.ts'
import { sha256 } from '../../certificate/ledger/seal.ts'
import { rowOf } from '../../certificate/row.ts'
import { statusOf } from '../../certificate/status.ts'
import { revokedBecause } from '../../certificate/wording.ts'
import {
  CERTIFICATE_REVOKED,
  type CertificateHistory,
  type HeldCertificate,
  REVOCATION_REASONS,
  type RevocationReason,
  type RevokedData,
} from '../../model/certificate.ts'
import type { Draft } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { revokedEnding } from '../../reporting/certificate-ending.ts'
import { renderEnding, renderEndingMarkdown } from '../../reporting/renderers/certificate-ending.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { append, Forestalled } from '../ledger/append.ts'
import { together } from '../ledger/badges.ts'
import { certificateSaid } from '../ledger/certificate-badge.ts'
import { draftOf } from '../ledger/pending.ts'
import { decidedConfig } from '../policy.ts'
import type { Ports } from '../ports.ts'
import { type Chain, verifiedChain } from './chain.ts'
import { revocationsWith } from './extras.ts'
import { bundleOf, leaveCertificate } from './leave.ts'
import { trusted } from './trusted.ts'

const LONGEST_COMMENT = 1000

/**
 * Every certificate of its row ends: one that took its place would open the door to what was revoked. Exit 0 also where they were
 * revoked before: nothing is recorded twice. Throws CertifyError where it could not be recorded (decision 38).
 */
export async function revoke(invocation: Invocation, ports: Ports): Promise<Ended> {
  trusted(ports)
  const asked = reasonOf(invocation)
  const { ledger } = await decidedConfig(invocation, ports)
  const chain = await verifiedChain(ledger, ports)
  const history = historyOf(chain.records)
  const held = history.issued.find((one) => one.data.certificate.id === invocation.certificate)
  if (held === undefined)
    throw new CertifyError('no_certificate', `the ledger has no certificate ${(invocation.certificate ?? '').slice(0, 40)}`, {
      hint: 'its id is in certificate.json, and in certify ledger log',
    })
  const over = new Set(history.revoked.map((one) => one.data.id))
  const ending = rowOf(held, history).filter((one) => !over.has(one.data.certificate.id))
  const at = ports.clock.now().toISOString()
  const said = ending.map((one, index) => ({
    seq: chain.verification.records + 1 + index,
    data: { schema: CERTIFICATE_REVOKED, id: one.data.certificate.id, ...asked, at } satisfies RevokedData,
  }))
  const now = { ...history, revoked: [...history.revoked, ...said] }
  const head = said.length === 0 ? chain.verification.head : await recorded(held, ending, said, now, chain, ports)
  // Another run has issued, renewed or revoked one meanwhile: what stands now is looked at again.
  if (head === 'forestalled') return revoke(invocation, ports)
  const own = now.revoked.find((one) => one.data.id === held.data.certificate.id)!
  const { commit, name } = held.data.certificate
  // Also of one that was revoked before: the run that did may have ended before it said so.
  await ports.tellRevoked?.({ commit, id: own.data.id, name, text: revokedBecause(own.data) })
  const others = said.filter((one) => one !== own).map((one) => one.data.id)
  const what = over.has(own.data.id) ? 'was revoked already' : 'is revoked'
  return ended(held, own, { what, others, head }, { chain, history: now, invocation, ports })
}

/** Hash of the ledger's last record then. */
async function recorded(
  held: HeldCertificate,
  ending: readonly HeldCertificate[],
  said: CertificateHistory['revoked'],
  now: CertificateHistory,
  chain: Chain,
  ports: Ports,
): Promise<string | 'forestalled'> {
  const drafts = ending.map((one, index) => revocationDraft(one, said[index]!.data, ports))
  try {
    const { head } = await append(chain.store, drafts, {
      ...ports.ledger.append,
      clock: ports.clock,
      extras: together(revocationsWith(now), certificateSaid(now, held.data.certificate)),
      since: chain.verification.records,
      unless: ({ header }) => header.type.startsWith('certificate.'),
    })
    return head.hash
  } catch (error) {
    if (error instanceof Forestalled) return 'forestalled'
    throw error
  }
}

/** Named by what it revokes: however often it is written, it is one record. */
export function revocationDraft(held: HeldCertificate, data: RevokedData, ports: Ports): Draft<RevokedData> {
  const { id, commit } = held.data.certificate
  return { ...draftOf('certificate.revoked', data, ports), id: sha256(`revoke ${id}`).slice(0, 32), sha: commit }
}

function reasonOf({ reason, certificate }: Invocation): Pick<RevokedData, 'reason' | 'comment'> {
  const [, word, words] = /^\s*([a-z_]{1,40})\s*(?::\s*(.*))?$/s.exec(reason ?? '') ?? []
  const known = REVOCATION_REASONS.find((one) => one === word)
  if (known === undefined || certificate === undefined)
    throw new CertifyError(
      'usage',
      certificate === undefined ? 'revoke needs the id of a certificate' : 'revoke needs a reason',
      {
        hint:
          certificate === undefined
            ? 'certificate: CERT-...'
            : `reason: one of ${REVOCATION_REASONS.join(', ')}; words may follow a colon`,
      },
    )
  const comment = words?.trim().slice(0, LONGEST_COMMENT)
  return { reason: known satisfies RevocationReason, comment: comment ? comment : null }
}

function ended(
  held: HeldCertificate,
  { seq, data }: CertificateHistory['revoked'][number],
  { what, others, head }: { what: string; others: string[]; head: string | null },
  { chain, history, invocation, ports }: { chain: Chain; history: CertificateHistory; invocation: Invocation; ports: Ports },
): Ended {
  const { certificate } = held.data
  const { id, commit } = certificate
  const status = statusOf(certificate, history, ports.clock.now())
  leaveCertificate(held.data, bundleOf(held, chain), invocation, ports, history)
  const ending = revokedEnding(certificate, status, data, { what: `${what}, in record ${seq}`, others })
  const shown = { id, commit, reason: data.reason, at: data.at, also: others, ledger_head: head }
  return {
    exit: 0,
    output: invocation.json
      ? `${JSON.stringify(shown, null, 2)}\n`
      : renderEnding(ending, { color: invocation.colour, width: invocation.width }),
    result: null,
    outputs: { 'certificate-id': id, 'ledger-head': head ?? '' },
    summary: renderEndingMarkdown(ending),
  }
}
