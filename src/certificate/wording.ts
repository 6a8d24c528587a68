// The sentences of a certificate and of its states (spec 5.6). Fixed words with this certificate's facts in them; never a name.
import {
  type Certificate,
  type CertificateCondition,
  type CertificateStatus,
  type ExpiryCause,
  CERTIFICATE_FOOTER as FOOTER,
  type RevokedData,
} from '../model/certificate.ts'
import { settle } from '../model/compare.ts'

const REASONS: Record<RevokedData['reason'], string> = {
  key_compromise: 'a key or an account was compromised',
  evidence_invalid: 'its evidence does not hold',
  vulnerability: 'a vulnerability became known',
  rollback: 'the release was rolled back',
  requested: 'it was asked for',
}

const CAUSES: Record<ExpiryCause, string> = {
  policy: 'its validity by the policy ended',
  evidence: 'evidence it rests on became too old',
  waiver: 'a waiver or suppression it rests on ended',
  condition: 'the time that it had with conditions ended',
}

/** Day in UTC; a time within it is said too. */
export function dateOf(time: string): string {
  const [day = '', clock = ''] = time.split('T')
  return clock.startsWith('00:00:00') ? day : `${day} ${clock.slice(0, 5)} UTC`
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** Not rounded but for noise: 94.9996 % must not look like 95 %. */
export function shownValue(value: number, unit: string): string {
  const number = String(settle(value))
  return unit === '' ? number : `${number} ${unit}`
}

export function levelsCovered({ level, levels }: Pick<Certificate, 'level' | 'levels'>): string {
  const covered = levels
    .filter((one) => one.number <= level && one.state !== 'disabled')
    .map((one) => `${one.number} (${one.name})`)
  const last = covered.pop() ?? String(level)
  return covered.length === 0 ? `level ${last}` : `levels ${covered.join(', ')} and ${last}`
}

type Stated = Pick<
  Certificate,
  'commit' | 'system' | 'level' | 'levels' | 'policy' | 'issuedAt' | 'evaluation' | 'tool' | 'validUntil' | 'conditions'
>

/** `before`: the policy's own words; null: none. */
export function statementText(stated: Stated, before: string | null): string {
  const { commit, system, policy, evaluation, tool, validUntil, conditions } = stated
  const met = `Commit ${commit} of ${system} met ${conditions.length === 0 ? 'the criteria of ' : ''}${levelsCovered(stated)}`
  const rest =
    conditions.length === 0
      ? ` in configuration ${policy.digest} on ${dateOf(evaluation.evaluatedAt)}, as evaluated by certify ${tool.version}. Valid until ${dateOf(validUntil)}.`
      : ` with ${plural(conditions.length, 'open condition')}, listed below, in configuration ${policy.digest} on ${dateOf(evaluation.evaluatedAt)}, as evaluated by certify ${tool.version}; lapses on ${dateOf(validUntil)} or when a condition is overdue.`
  const own = before === null || before.trim() === '' ? '' : `${before.trim()} `
  return `${own}${met}${rest} ${FOOTER}`
}

/** One that is no longer in force; null: it is. */
export function notInForce({ state, since, why }: CertificateStatus): string | null {
  if (state === 'active' || state === 'conditional') return null
  return `This certificate is not in force since ${dateOf(since)}: ${why ?? state}`
}

export function revokedBecause({ reason }: RevokedData): string {
  return `It was revoked: ${REASONS[reason]}.`
}

export function endedBy({ expiresBecause }: Pick<Certificate, 'expiresBecause'>): string {
  return `It expired: ${CAUSES[expiresBecause]}.`
}

export function conditionOverdue({ id, due }: CertificateCondition): string {
  return `The condition ${id} was due on ${dateOf(due)} and is not met.`
}

export function openConditions(open: readonly CertificateCondition[], all: readonly CertificateCondition[]): string {
  const list = open.map(({ id, due }) => `${id} by ${dateOf(due)}`)
  return `${open.length} of ${plural(all.length, 'condition')} ${open.length === 1 ? 'is' : 'are'} open: ${list.join(', ')}.`
}
