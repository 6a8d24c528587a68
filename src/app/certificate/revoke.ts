// `command: revoke`: ends a certificate for good, says so in the ledger, and tells the commit it was for.
import { historyOf } from '../../certificate/history.ts'
import { sha256 } from '../../certificate/ledger/seal.ts'
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
import { append } from '../ledger/append.ts'
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

/** Exit 0 also where it was revoked before: nothing is said twice. Throws CertifyError where it could not be recorded (decision 38). */
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
  const before = history.revoked.find((one) => one.data.id === held.data.certificate.id)
  if (before !== undefined)
    return ended(held, before, 'was revoked already', chain.verification.head, { chain, history, invocation, ports })
  const data: RevokedData = {
    schema: CERTIFICATE_REVOKED,
    id: held.data.certificate.id,
    ...asked,
    at: ports.clock.now().toISOString(),
  }
  const said = { ...history, revoked: [...history.revoked, { seq: chain.verification.records + 1, data }] }
  const { head } = await append(chain.store, [revocationDraft(held, data, ports)], {
    ...ports.ledger.append,
    clock: ports.clock,
    extras: together(revocationsWith(said), certificateSaid(said, held.data.certificate)),
    since: chain.verification.records,
  })
  await ports.tellRevoked?.({ commit: held.data.certificate.commit, id: data.id, text: revokedBecause(data) })
  return ended(held, { seq: head.seq, data }, 'is revoked', head.hash, { chain, history, invocation, ports })
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
  what: string,
  head: string | null,
  { chain, history, invocation, ports }: { chain: Chain; history: CertificateHistory; invocation: Invocation; ports: Ports },
): Ended {
  const { certificate } = held.data
  const { id, commit } = certificate
  const now = { ...history, revoked: [...history.revoked, { seq, data }] }
  const status = statusOf(certificate, now, ports.clock.now())
  leaveCertificate(held.data, bundleOf(held, chain), invocation, ports, now)
  const ending = revokedEnding(certificate, status, data, `${what}, in record ${seq}`)
  const shown = { id, commit, reason: data.reason, at: data.at, ledger_head: head }
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
