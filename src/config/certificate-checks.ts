// What the certificate section says of other sections: conditions of criteria that exist, once each; signers that can be told; subjects that are fixed.
import { imageOf } from '../model/certificate.ts'
import type { Config } from '../model/config.ts'
import { meantOf } from './layer.ts'
import type { Reader } from './reader.ts'

/** As GitHub names a workflow file, with a ref of it or without. */
const SIGNER = /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml(?:@[^\s@]+)?$/

export function certificateChecks(root: Reader, config: Config): void {
  const reader = root.at('certificate')
  conditions(reader.at('conditional'), config)
  for (const one of reader.items('signers')) signer(one)
  for (const one of reader.items('subjects')) subject(one)
}

function conditions(reader: Reader, config: Config): void {
  const criteria = config.levels.flatMap((level) => level.criteria)
  const ids = criteria.map((one) => one.id)
  const seen = new Set<string>()
  const named = reader.items('conditions')
  for (const one of named) {
    const id = one.text('criterion', '')
    const at = one.at('criterion')
    const rule = criteria.find((criterion) => criterion.id === id)
    const family = config.metrics.find((metric) => metric.id === rule?.metric)?.family
    if (rule === undefined) {
      if (id !== '')
        at.problem('unknown_criterion', `there is no criterion "${id}"`, meantOf(id, ids) ?? 'name a criterion of this policy')
    } else if (seen.has(id)) at.problem('written_twice', `${id} is a condition twice`, 'keep one of them')
    else if (rule.key) at.problem('not_allowed', `${id} is a key criterion: it cannot be left open`, 'remove the condition')
    else if (family === 'security')
      at.problem('not_allowed', `${id} is about security: it cannot be left open`, 'remove the condition')
    seen.add(id)
  }
  const most = config.certificate.conditional.maxConditions
  if (named.length > most)
    reader
      .at('conditions')
      .notice('too_many_conditions', `${named.length} conditions are named, at most ${most} may be open at once`, 'name fewer')
}

function signer(one: Reader): void {
  const text = String(one.value)
  if (SIGNER.test(text)) return
  one.problem(
    'bad_signer',
    `"${text.slice(0, 120)}" names no workflow file`,
    'write OWNER/REPO/.github/workflows/FILE.yml, with @REF behind it for one ref alone',
  )
}

function subject(one: Reader): void {
  const text = String(one.value)
  if (!text.startsWith('oci://') || imageOf(text) !== null) return
  one.problem(
    'bad_subject',
    `"${text.slice(0, 120)}" names no image by its digest`,
    'write oci://registry/name@sha256:<64 hex digits>; a tag may move',
  )
}
