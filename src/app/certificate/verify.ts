// `command: verify` and `certify verify`: the door check. It refuses unless a certificate covers what is asked for, and holds now.
import { answerAtDoor, type Chosen, chooseCertificate } from '../../certificate/door.ts'
import type { Config } from '../../model/config.ts'
import type { CheckedSignature, Demand } from '../../model/door.ts'
import { LEVEL_IDS, type LevelNumber } from '../../model/level.ts'
import { CertifyError } from '../../model/problem.ts'
import { doorEnding } from '../../reporting/certificate-ending.ts'
import { renderEnding, renderEndingMarkdown } from '../../reporting/renderers/certificate-ending.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { decidedConfig } from '../policy.ts'
import type { Ports, Signatures } from '../ports.ts'
import { askLedger, type LedgerAsked } from './asked-ledger.ts'
import { unconfirmedBy } from './confirm.ts'
import { policyNow } from './policy-now.ts'
import { signersOf } from './signers.ts'
import { subjectsOf } from './subjects.ts'

const MAX_BYTES = 16 * 1024 * 1024
/** Of a commit's hash, as Git shortens one. */
const SHORTEST = 7

/** Exit 0: accepted; 1: refused. Throws CertifyError where it was asked wrongly, or the policy has problems. */
export async function verify(invocation: Invocation, ports: Ports): Promise<Ended> {
  const config = await decidedConfig(invocation, ports)
  const asked = await askLedger(config.ledger, invocation, ports)
  const file = fileOf(invocation, ports)
  const wanted = demandOf(invocation, config, asked, ports)
  const { chosen, demand, policy: known } = await choose(file, wanted, asked, invocation, ports)
  const signature = await signatureOf(chosen, asked, invocation, await ports.signatures(), ports)
  const unsigned = signature === null && wanted.allowUnsigned
  const policy = unsigned ? (known ?? (await policyNow(chosen, asked, invocation, ports))) : null
  const found = answerAtDoor({
    demand,
    chosen,
    ledger: asked.ledger,
    signature,
    unconfirmed: unsigned && policy !== null ? await unconfirmedBy(chosen, asked, policy, ports) : null,
    now: ports.clock.now(),
  })
  const answer = { ...found, notes: [...trustedHere(invocation, ports), ...found.notes] }
  const look = { color: invocation.colour, width: invocation.width }
  const ending = doorEnding(answer)
  return {
    exit: answer.ok ? 0 : 1,
    output: invocation.json ? `${JSON.stringify(answer, null, 2)}\n` : renderEnding(ending, look),
    result: null,
    outputs: { refusal: answer.code ?? '', 'certificate-id': answer.certificate?.id ?? '' },
    summary: renderEndingMarkdown(ending),
  }
}

/**
 * Which policy it has to be of is asked by what the certified evaluation's step named beside it, and which certificate is looked at
 * by the policy: where the first is of another than that, it is chosen once more with the policy known.
 */
async function choose(file: Uint8Array | null, wanted: Demand, asked: LedgerAsked, invocation: Invocation, ports: Ports) {
  const chosen = chooseCertificate(file, wanted, asked.ledger)
  if (invocation.policyDigest !== undefined) return { chosen, demand: wanted, policy: null }
  const policy = await policyNow(chosen, asked, invocation, ports)
  const demand = { ...wanted, policyDigest: policy.digest }
  const again = chooseCertificate(file, demand, asked.ledger)
  if (again.held?.hash === chosen.held?.hash) return { chosen, demand, policy }
  const own = await policyNow(again, asked, invocation, ports)
  return { chosen: again, demand: { ...wanted, policyDigest: own.digest }, policy: own }
}

/** On a laptop the work tree's policy decides, and what is checked out may be what is to be deployed. */
function trustedHere({ policyDigest }: Invocation, { inAction }: Ports): string[] {
  if (inAction) return []
  const policy = policyDigest === undefined ? ', and the policy it has to be of' : ''
  return [`Read from this work tree, not from the default branch: who may sign, what the door allows${policy}.`]
}

function fileOf({ certificate }: Invocation, ports: Ports): Uint8Array | null {
  if (certificate === undefined) return null
  const text = ports.files.textOf(certificate, MAX_BYTES)
  if (text === null)
    throw new CertifyError('certificate_missing', `${certificate} does not exist`, {
      hint: 'download certificate.json, or name the commit alone',
    })
  return new TextEncoder().encode(text)
}

function demandOf(invocation: Invocation, config: Config, { ledger }: LedgerAsked, ports: Ports): Demand {
  const artifacts = subjectsOf(invocation.subjects, ports.files).map(({ name, digest }) => ({ name, ...digest }))
  const repository = invocation.repository ?? ports.subject.repository
  if (repository === null)
    throw new CertifyError('usage', 'whose certificate it has to be is not known', { hint: '--repository OWNER/REPO' })
  const named = invocation.commit ?? (artifacts.length > 0 ? null : ports.subject.commit)
  const issued = ledger.state === 'read' ? ledger.history.issued : []
  // On a command line the beginning of a hash is enough, where the ledger knows exactly one that begins so.
  const known = new Set(issued.map((one) => one.data.certificate.commit))
  const begun = named === null || named.length < SHORTEST ? [] : [...known].filter((one) => one.startsWith(named))
  if (begun.length > 1)
    throw new CertifyError('usage', `${begun.length} certified commits begin with ${named}`, { hint: 'give the whole hash' })
  const { door } = config.certificate
  return {
    repository,
    commit: begun.length === 1 ? begun[0]! : named,
    artifacts,
    level: levelOf(invocation.level) ?? config.target.release,
    name: invocation.name,
    ref: refOf(invocation, ports),
    policyDigest: invocation.policyDigest ?? null,
    signers: signersOf(config, ports),
    allowUnsigned: door.allowUnsigned,
    allowUnchecked: door.allowUnchecked,
    expectHead: invocation.expectHead ?? null,
  }
}

function levelOf(level: string | undefined): LevelNumber | null {
  if (level === undefined) return null
  const number = (LEVEL_IDS as readonly string[]).indexOf(level) + 1 || Number(level)
  if (![1, 2, 3, 4].includes(number))
    throw new CertifyError('usage', `there is no level "${level.slice(0, 40)}"`, {
      hint: `one of: 1, 2, 3, 4, ${LEVEL_IDS.join(', ')}`,
    })
  return number as LevelNumber
}

/** The default branch, unless another ref was asked for. What is not known is never "any". */
function refOf({ ref }: Invocation, ports: Ports): string {
  if (ref !== undefined) return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
  const branch = ports.defaultBranch ?? null
  if (branch === null)
    throw new CertifyError('usage', 'which ref it has to be of is not known: the default branch cannot be told', {
      hint: 'give it: --ref refs/heads/main, or the input ref',
    })
  return `refs/heads/${branch}`
}

/** Of the bundle that the ledger has for it, else of the one that lies beside the file; null: there is none. */
async function signatureOf(
  { held }: Chosen,
  { chain }: LedgerAsked,
  { certificate }: Invocation,
  signatures: Signatures,
  ports: Ports,
): Promise<CheckedSignature | null> {
  const signing = held?.data.signing
  if (signing?.state === 'signed') {
    const text = chain?.object(signing.bundle) ?? null
    if (text === null) return { state: 'invalid', message: 'the ledger does not hold its bundle as it was' }
    return signatures.check(text)
  }
  if (held !== null || certificate === undefined) return null
  const beside = ports.files.textOf(certificate.replace(/(?:\.json)?$/, '.sigstore.json'), MAX_BYTES)
  return beside === null ? null : signatures.check(beside)
}
