// What is signed: an in-toto statement with a SLSA verification summary, our own data under one URI-named extension. No status, no login.
import { CERTIFICATE_EXTENSION, CERTIFICATE_PREDICATE, type Certificate } from '../model/certificate.ts'
import { LEVEL_IDS } from '../model/level.ts'
import { STATEMENT_TYPE, type Statement } from '../model/statement.ts'
import { canonical } from './ledger/seal.ts'
import { isObject } from './shape.ts'

/** The certificate's own file, first among the subjects: by its bytes alone the attestation is found. */
export const CERTIFICATE_FILE = 'certificate.json'

/** `https://github.com/OWNER/REPO/.github/workflows/FILE.yml` of `OWNER/REPO/.github/workflows/FILE.yml@REF`, as GitHub names the workflow. */
export function verifierOf(workflow: string): string {
  return `https://github.com/${(pathOf(workflow) ?? workflow).replace(/@.*$/, '')}`
}

/** `OWNER/REPO...` of an address on github.com, or on an enterprise's own host at ghe.com; null: it is no such address. */
export function pathOf(address: string): string | null {
  return /^https:\/\/(?:github\.com|[a-z\d-]+\.ghe\.com)\/(.+)$/.exec(address)?.[1] ?? null
}

/** `digest`: sha256 of the certificate's canonical JSON. `verifier`: the workflow that issues, by `verifierOf`. */
export function statementOf(certificate: Certificate, digest: string, verifier: string): Statement {
  const { repository, commit, subjects, tool, policy, issuedAt } = certificate
  return {
    _type: STATEMENT_TYPE,
    subject: [
      { name: CERTIFICATE_FILE, digest: { sha256: digest } },
      ...subjects,
      { name: `git+https://github.com/${repository}`, digest: { gitCommit: commit } },
    ],
    predicateType: CERTIFICATE_PREDICATE,
    predicate: {
      verifier: { id: verifier, version: { certify: tool.version } },
      timeVerified: issuedAt,
      resourceUri: `git+https://github.com/${repository}@${commit}`,
      policy: { uri: policyUri(certificate), digest: { sha256: policy.digest.replace(/^sha256:/, '') } },
      verificationResult: 'PASSED',
      verifiedLevels: verifiedLevels(certificate),
      slsaVersion: '1.2',
      [CERTIFICATE_EXTENSION]: extensionOf(certificate, digest),
    },
  }
}

/** `policy.source` is `path@ref` where it was read from a ref. */
function policyUri({ repository, commit, policy: { source } }: Certificate): string {
  const at = source.lastIndexOf('@')
  const [path, ref] = at > 0 ? [source.slice(0, at), source.slice(at + 1)] : [source, commit]
  return `git+https://github.com/${repository}@${encodeURI(ref)}#${encodeURI(path)}`
}

/** Numbers claim every level below; a row with a gap is told by the names of what passed. */
export function verifiedLevels({ level, levels }: Pick<Certificate, 'level' | 'levels'>): string[] {
  const passed = levels.filter((one) => one.number <= level && (one.state === 'passed' || one.state === 'passed_with_warnings'))
  if (passed.length === level) return [`CERTIFY_LEVEL_${level}`]
  return LEVEL_IDS.filter((id) => passed.some((one) => one.id === id)).map((id) => `CERTIFY_${id.toUpperCase()}`)
}

function extensionOf(certificate: Certificate, digest: string): Record<string, unknown> {
  const { id, serial, name, ref, level, levels, gates, conditions, signOffs, excluded, loosened, evaluation } = certificate
  const { validFrom, validUntil, renewalDue, ledger, supersedes } = certificate
  return {
    id,
    serial,
    name,
    certificate: { sha256: digest },
    ref,
    level,
    levels: Object.fromEntries(levels.map((one) => [one.id, one.state])),
    gates: Object.fromEntries(gates.map((one) => [String(one.number), one.state])),
    conditions,
    signOffs,
    excluded,
    loosened,
    evidenceDigest: evaluation.evidenceDigest,
    validFrom,
    validUntil,
    renewalDue,
    ledger,
    supersedes,
  }
}

/** What keeps a signed statement from being this certificate's, said by that verifier; null: it says exactly this. */
export function statementProblem(statement: unknown, certificate: Certificate, digest: string, verifier: string): string | null {
  const problems = vsaProblems(statement)
  if (problems.length > 0) return `it is no verification summary: ${problems[0]}`
  const { id } = (statement as Statement).predicate.verifier as { id: string }
  if (id !== verifier) return 'it names another verifier than its signer'
  return canonical(statement) === canonical(statementOf(certificate, digest, verifier))
    ? null
    : 'it says something else than the certificate'
}

const SUMMARY_FIELDS = [
  'verifier',
  'timeVerified',
  'resourceUri',
  'policy',
  'inputAttestations',
  'verificationResult',
  'verifiedLevels',
  'dependencyLevels',
  'slsaVersion',
]

/** Where it breaks the published rules of in-toto statements v1 and SLSA verification summaries v1; empty: nowhere. */
export function vsaProblems(statement: unknown): string[] {
  if (!isObject(statement)) return ['it is no object']
  const problems: string[] = []
  const ask = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem)
  }
  const { _type, subject, predicateType, predicate } = statement
  ask(_type === STATEMENT_TYPE, `_type is not ${STATEMENT_TYPE}`)
  ask(predicateType === CERTIFICATE_PREDICATE, `predicateType is not ${CERTIFICATE_PREDICATE}`)
  ask(Array.isArray(subject) && subject.length > 0, 'subject is empty')
  for (const [index, one] of (Array.isArray(subject) ? subject : []).entries())
    ask(isObject(one) && isDigestSet(one.digest), `subject[${index}].digest is not a set of digests`)
  if (!isObject(predicate)) return [...problems, 'predicate is no object']
  const { verifier, timeVerified, resourceUri, policy, verificationResult, verifiedLevels: levels, slsaVersion } = predicate
  ask(isObject(verifier) && isUri(verifier.id), 'verifier.id is not a URI')
  ask(
    !isObject(verifier) || verifier.version === undefined || isTexts(verifier.version),
    'verifier.version is not a map of texts',
  )
  ask(timeVerified === undefined || isTimestamp(timeVerified), 'timeVerified is not a time of RFC 3339')
  ask(isUri(resourceUri), 'resourceUri is not a URI')
  ask(isObject(policy) && isUri(policy.uri), 'policy.uri is not a URI')
  ask(!isObject(policy) || policy.digest === undefined || isDigestSet(policy.digest), 'policy.digest is not a set of digests')
  ask(verificationResult === 'PASSED' || verificationResult === 'FAILED', 'verificationResult is neither PASSED nor FAILED')
  ask(Array.isArray(levels) && levels.length > 0, 'verifiedLevels is empty')
  for (const level of Array.isArray(levels) ? levels : [])
    ask(typeof level === 'string' && level !== '' && !level.startsWith('SLSA_'), `verifiedLevels names ${JSON.stringify(level)}`)
  if (verificationResult === 'FAILED')
    ask(canonical(levels) === '["FAILED"]', 'verifiedLevels is not ["FAILED"], though it did not pass')
  else ask(!Array.isArray(levels) || !levels.includes('FAILED'), 'verifiedLevels names FAILED, though it passed')
  ask(slsaVersion === undefined || (typeof slsaVersion === 'string' && /^\d+\.\d+$/.test(slsaVersion)), 'slsaVersion is not N.N')
  for (const key of ['inputAttestations', 'dependencyLevels'])
    ask(predicate[key] === undefined, `${key} claims what was not looked at`)
  for (const key of Object.keys(predicate))
    ask(SUMMARY_FIELDS.includes(key) || isUri(key), `the extension ${JSON.stringify(key)} is not named by a URI`)
  return problems
}

function isUri(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value)
}

function isDigestSet(value: unknown): boolean {
  const entries = isObject(value) ? Object.entries(value) : []
  return entries.length > 0 && entries.every(([, hex]) => typeof hex === 'string' && /^[0-9a-f]{8,}$/.test(hex))
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string')
}

function isTimestamp(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
}
