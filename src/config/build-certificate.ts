// The certificate section: how long one holds, who has to sign, and what the door asks.
import type { Duration } from '../model/calendar.ts'
import type { CertificateConfig } from '../model/certificate-config.ts'
import { dateOf } from './build-evidence.ts'
import { parseDuration } from './calendar.ts'
import type { Reader } from './reader.ts'

export function certificateOf(reader: Reader): CertificateConfig {
  const conditional = reader.at('conditional')
  const door = reader.at('door')
  const recertify = reader.at('recertify')
  return {
    enabled: reader.flag('enabled', true),
    system: reader.maybe('system'),
    authority: reader.maybe('authority'),
    statement: reader.maybe('statement'),
    contacts: Object.fromEntries(reader.entries('contacts').map((one) => [one.key, String(one.value)])),
    validity: durationOf(reader, 'validity', { months: 6, seconds: 0 }, null),
    validUntil: reader.has('valid_until') ? dateOf(reader, 'valid_until') : null,
    renewalNoticeSeconds: reader.seconds('renewal_notice', 'd') ?? 30 * 86_400,
    conditional: {
      enabled: conditional.flag('enabled', true),
      validity: durationOf(conditional, 'validity', { months: 0, seconds: 30 * 86_400 }, 'd'),
      maxConditions: conditional.number('max_conditions', 5),
      conditions: conditional.items('conditions').map((one) => ({
        criterion: one.text('criterion', ''),
        owner: one.text('owner', ''),
        due: dateOf(one, 'due'),
        origin: one.origin,
      })),
    },
    attest: reader.choice('attest', 'auto'),
    signOffs: reader
      .items('sign_offs')
      .filter((one) => one.flag('required', true))
      .map((one) => one.text('role', '')),
    subjects: reader.texts('subjects'),
    signers: reader.texts('signers'),
    door: { allowUnsigned: door.flag('allow_unsigned', false), allowUnchecked: door.flag('allow_unchecked', false) },
    recertify: { onFailure: recertify.choice('on_failure', 'warn'), renew: recertify.flag('renew', true) },
  }
}

/** A wrong one has been told of already. */
function durationOf(reader: Reader, key: string, fallback: Duration, bare: 'd' | null): Duration {
  const { value } = reader.at(key)
  const parsed = value === undefined ? null : parseDuration(value, bare)
  return parsed !== null && 'duration' in parsed ? parsed.duration : fallback
}
