// The certificate as files, for whoever deploys or audits: each form of it, the statement and its signature.
import { canonical } from '../../certificate/ledger/seal.ts'
import { CERTIFICATE_FILE, statementOf, verifierOf } from '../../certificate/statement.ts'
import { statusOf } from '../../certificate/status.ts'
import { notInForce } from '../../certificate/wording.ts'
import type { CertificateHistory, CertificateShowing, HeldCertificate, IssuedData } from '../../model/certificate.ts'
import { renderCertificateHtml } from '../../reporting/renderers/certificate-html.ts'
import { renderCertificateMarkdown } from '../../reporting/renderers/certificate-markdown.ts'
import type { Invocation } from '../invocation.ts'
import type { Ports } from '../ports.ts'
import type { Chain } from './chain.ts'

/** Of one that was issued just now: nobody has said anything of it. */
const NOTHING_SAID: CertificateHistory = { issued: [], revoked: [], notices: [], met: [], unread: [] }

export function showingOf(
  { certificate, digest, signing }: IssuedData,
  history: CertificateHistory,
  now: Date,
): CertificateShowing {
  const status = statusOf(certificate, history, now)
  return { digest, signing, status, at: now.toISOString(), ended: notInForce(status) }
}

/** Path of certificate.json. `bundle` null: there is no signature. */
export function leaveCertificate(
  data: IssuedData,
  bundle: string | null,
  { reportDir }: Pick<Invocation, 'reportDir'>,
  { files, clock, env }: Pick<Ports, 'files' | 'clock' | 'env'>,
  history: CertificateHistory = NOTHING_SAID,
): string {
  const { certificate } = data
  const showing = showingOf(data, history, clock.now())
  const folder = `${reportDir}/certificate`
  const path = `${folder}/${CERTIFICATE_FILE}`
  files.write(path, canonical(certificate))
  files.write(`${folder}/certificate.md`, renderCertificateMarkdown(certificate, showing))
  files.write(`${folder}/certificate.html`, renderCertificateHtml(certificate, showing))
  const statement = statementOf(certificate, data.digest, verifierOf(env.GITHUB_WORKFLOW_REF ?? ''))
  files.write(`${folder}/certificate.intoto.json`, signedIn(bundle) ?? JSON.stringify(statement))
  if (bundle !== null) files.write(`${folder}/certificate.sigstore.json`, bundle)
  return path
}

/** The signature of one that the ledger has; null: it has none. */
export function bundleOf({ data: { signing } }: HeldCertificate, chain: Chain): string | null {
  return signing.state === 'signed' ? chain.object(signing.bundle) : null
}

/** The statement as it was signed, byte for byte; null: nothing was. */
function signedIn(bundle: string | null): string | null {
  const payload =
    bundle === null ? undefined : (JSON.parse(bundle) as { dsseEnvelope?: { payload?: unknown } }).dsseEnvelope?.payload
  return typeof payload === 'string' ? Buffer.from(payload, 'base64').toString() : null
}
