// The certificate as files, for whoever deploys or audits: each form of it, and its signature.
import { canonical } from '../../certificate/ledger/seal.ts'
import { CERTIFICATE_FILE } from '../../certificate/statement.ts'
import type { IssuedData } from '../../model/certificate.ts'
import { renderCertificateHtml } from '../../reporting/renderers/certificate-html.ts'
import { renderCertificateMarkdown } from '../../reporting/renderers/certificate-markdown.ts'
import type { Invocation } from '../invocation.ts'
import type { Ports } from '../ports.ts'

/** Path of certificate.json. `bundle` null: there is no signature. */
export function leaveCertificate(
  { certificate, digest, signing }: IssuedData,
  bundle: string | null,
  { reportDir }: Pick<Invocation, 'reportDir'>,
  { files }: Pick<Ports, 'files'>,
): string {
  const folder = `${reportDir}/certificate`
  const path = `${folder}/${CERTIFICATE_FILE}`
  files.write(path, canonical(certificate))
  files.write(`${folder}/certificate.md`, renderCertificateMarkdown(certificate, { digest, signing }))
  files.write(`${folder}/certificate.html`, renderCertificateHtml(certificate, { digest, signing }))
  if (bundle !== null) files.write(`${folder}/certificate.sigstore.json`, bundle)
  return path
}
