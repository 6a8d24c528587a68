// stub
import type { Certificate, Signing } from '../../model/certificate.ts'
export function renderCertificateHtml(certificate: Certificate, _of: { digest: string; signing: Signing }): string { return certificate.statement }
