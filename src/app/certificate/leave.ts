// The certificate as files, for whoever deploys or audits: each form of it, the statement and its signature.
import { canonical } from '../../certificate/ledger/seal.ts'
import { CERTIFICATE_FILE } from '../../certificate/statement.ts'
import { statusOf } from '../../certificate/status.ts'
import { notInForce } from '../../certificate/wording.ts'
import type { CertificateHistory, CertificateShowing, IssuedData } from '../../model/certificate.ts'
import { renderCertificateHtml } from '../../reporting/renderers/certificate-html.ts'
import { renderCertificateMarkdown } from '../../reporting/renderers/certificate-markdown.ts'
import type { Invocation } from '../invocation.ts'
import type { Ports } from '../ports.ts'

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
  { files, clock }: Pick<Ports, 'files' | 'clock'>,
  history: CertificateHistory = NOTHING_SAID,
): string {
  const { certificate } = data
  const showing = showingOf(data, history, clock.now())
  const folder = `${reportDir}/certificate`
  const path = `${folder}/${CERTIFICATE_FILE}`
  files.write(path, canonical(certificate))
  files.write(`${folder}/certificate.md`, renderCertificateMarkdown(certificate, showing))
  files.write(`${folder}/certificate.html`, renderCertificateHtml(certificate, showing))
  if (bundle !== null) files.write(`${folder}/certificate.sigstore.json`, bundle)
  return path
}
