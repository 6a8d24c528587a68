// The certificates that people are shown: one golden folder each, under __tests__/golden.
import { showingOf } from '../../src/app/certificate/leave.ts'
import { sha256 } from '../../src/certificate/ledger/seal.ts'
import { statementText } from '../../src/certificate/wording.ts'
import type { Certificate, CertificateHistory, CertificateShowing, Signing } from '../../src/model/certificate.ts'
import { renderCertificateHtml } from '../../src/reporting/renderers/certificate-html.ts'
import { renderCertificateMarkdown } from '../../src/reporting/renderers/certificate-markdown.ts'
import { certificateOf } from './issuing.ts'
import { HOSTILE } from './scenarios.ts'

export interface CertificateShown {
  certificate: Certificate
  about: CertificateShowing
}

const DIGEST = sha256('certificate.json as it was issued')
const SIGNED: Signing = { state: 'signed', bundle: 'b'.repeat(64), url: 'https://github.com/octo/shop/attestations/12' }
const UNSIGNED: Signing = { state: 'unsigned', why: 'the plan has no attestations' }
const SUBJECTS: Certificate['subjects'] = [
  { name: 'dist/shop-1.4.0.tgz', digest: { sha256: sha256('shop') } },
  { name: 'ghcr.io/octo/shop', digest: { sha256: sha256('image') } },
]

export const CERTIFICATES: Record<string, () => CertificateShown> = {
  'certificate-active': () => ({
    certificate: { ...certificateOf(), system: 'Shop checkout', authority: 'Release office', subjects: SUBJECTS },
    about: aboutOf(certificateOf(), SIGNED),
  }),
  'certificate-conditional': conditional,
  'certificate-revoked': () => {
    const certificate = { ...certificateOf(), system: 'Shop checkout' }
    return { certificate, about: aboutOf(certificate, UNSIGNED, [certificate.id]) }
  },
  'certificate-hostile': () => {
    const certificate = hostileCertificate(HOSTILE)
    return { certificate, about: { ...aboutOf(certificate, { state: 'unsigned', why: HOSTILE }), ended: HOSTILE } }
  },
}

/** As it stands a day after it was issued. */
export function aboutOf(certificate: Certificate, signing: Signing, revoked: readonly string[] = []): CertificateShowing {
  const at = '2026-11-23T08:00:00.000Z'
  const history: CertificateHistory = {
    issued: [],
    revoked: revoked.map((id) => ({
      seq: 9,
      data: { schema: 'certify/certificate-revoked/v1', id, reason: 'vulnerability', comment: null, at },
    })),
    notices: [],
    met: [],
    unread: [],
  }
  const data = {
    schema: 'certify/certificate-issued/v1',
    certificate,
    digest: DIGEST,
    signing,
    owners: {},
    renews: null,
  } as const
  return showingOf(data, history, new Date(at))
}

export function certificateFiles({ certificate, about }: CertificateShown): Record<string, string> {
  return {
    'certificate.html': renderCertificateHtml(certificate, about),
    'certificate.md': renderCertificateMarkdown(certificate, about),
  }
}

/** Two criteria of level 4 are open, and what was loosened, left out and does not apply is said. */
function conditional(): CertificateShown {
  const base = certificateOf()
  const [, , , last] = base.levels
  const [first, second] = last!.criteria
  const open = [first!, second!]
  const due = '2026-12-15T00:00:00.000Z'
  const issue = (id: string, at: number): string => `${id}: not known, ${open[at]!.limit} is asked for`
  const certificate: Certificate = {
    ...base,
    system: 'Shop checkout',
    level: 3,
    levels: [
      ...base.levels.slice(0, 3),
      {
        ...last!,
        state: 'failed',
        criteria: last!.criteria.map((one) => (open.includes(one) ? { ...one, outcome: 'no_evidence', value: null } : one)),
      },
    ],
    gates: base.gates.map((one) => (one.number === 4 ? { ...one, state: 'exit_failed', decision: null } : one)),
    signOffs: base.signOffs.filter((one) => one.gate === 3).map((one) => ({ ...one, before: '2026-11-21T09:30:00.000Z' })),
    domains: base.domains.map((one) =>
      one.id === 'functional'
        ? {
            ...one,
            done: one.total - 2,
            percent: Math.floor((100 * (one.total - 2)) / one.total),
            open: open.map(({ id }, at) => issue(id, at)),
          }
        : one,
    ),
    blockers: open.map(({ id }, at) => ({
      issue: issue(id, at),
      impact: 'Level 4 (System) is not certified.',
      action: `Measure it and hand in the report (by ${due.slice(0, 10)})`,
    })),
    conditions: open.map(({ id }) => ({ id, level: 4, text: `${id} has to hold`, due })),
    loosened: ['coverage.lines: 95 → 90, by certification_levels'],
    excluded: ['src/generated/**'],
    notApplicable: [{ criterion: 'documentation_coverage', reason: 'there is no public API', expires: '2027-01-31' }],
    validUntil: due,
    renewalDue: '2026-12-08T00:00:00.000Z',
    expiresBecause: 'condition',
    supersedes: 'CERT-01KC0000000000000000000001',
  }
  return { certificate: { ...certificate, statement: statementText(certificate, null) }, about: aboutOf(certificate, UNSIGNED) }
}

/** The same text wherever a policy, a report or a repository can put one. */
export function hostileCertificate(text: string): Certificate {
  const base = certificateOf()
  return {
    ...base,
    system: text,
    authority: text,
    statement: text,
    repository: text,
    ref: text,
    subjects: [{ name: text, digest: { sha256: 'a'.repeat(64) } }],
    policy: { source: text, digest: text },
    levels: base.levels.map((one) => ({
      ...one,
      name: text,
      criteria: one.criteria.map((criterion) => ({ ...criterion, id: text, unit: text, limit: text })),
    })),
    gates: base.gates.map((one) => ({ ...one, name: text })),
    domains: base.domains.map((one) => ({ ...one, name: text, open: Array.from({ length: 6 }, () => text) })),
    blockers: [{ issue: text, impact: text, action: text }],
    conditions: [{ id: text, level: 4, text, due: '2026-12-31T00:00:00.000Z' }],
    signOffs: [{ role: text, gate: 4, record: text, before: text }],
    loosened: [text],
    excluded: [text],
    notApplicable: [{ criterion: text, reason: text, expires: text }],
    evidence: [{ path: text, sha256: text, format: text }],
    ledger: { place: text, seq: 1, hash: text },
    supersedes: text,
  }
}
