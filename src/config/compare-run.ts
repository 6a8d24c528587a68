// What belongs to no single level, gate or metric, in two policies: mode, targets, reviews, suites, suppressions.
import type { ChecklistConfig, Config, EventName, Suppression } from '../model/config.ts'
import { LEVEL_IDS } from '../model/level.ts'
import { type Change, compareBy, compareKeyed, escapeKey, line, NONE, type Place, placeAt, rule, within } from './change.ts'
import { compareEvidence } from './compare-metrics.ts'
import { compareItems } from './compare-requirements.ts'
import { anyChange, higher, lower, moreIsLaxer, moreIsStricter, ordered, strictWhen } from './judges.ts'

const EVENTS: readonly EventName[] = ['pull_request', 'merge_group', 'push', 'release', 'local']
const REVIEW = 'certification_validation/manual_review'

const RUN_RULES = [
  rule('mode', 'mode', (one: Config) => one.mode, ordered('advisory', 'enforce')),
  ...EVENTS.map((event) => rule(`target/${event}`, `target of ${event}`, (one: Config) => one.target[event], higher)),
  rule('sequential', 'levels in order', (one: Config) => one.sequential, strictWhen(true)),
  rule('gate_auto_progress', 'gates go on by themselves', (one: Config) => one.gateAutoProgress, strictWhen(false)),
  rule('auto_approve', 'automatic approval', (one: Config) => one.autoApprove, strictWhen(false)),
  rule('discovery', 'discovery', (one: Config) => one.discovery, anyChange),
  ...LEVEL_IDS.map((level) =>
    rule(`suites/${level}`, `suites of the ${level} level`, (one: Config) => one.suites[level], anyChange),
  ),
  rule('expected_skips', 'jobs that may be skipped', (one: Config) => one.expectedSkips, moreIsLaxer),
  rule(
    'path_map',
    'what paths in reports mean',
    (one: Config) => one.pathMap,
    anyChange,
    (map) => (map.length === 0 ? NONE : line(map.map(({ from, to }) => `${from} is ${to}`).join(', '))),
  ),
  rule('policy_refs', 'branches with a policy of their own', (one: Config) => one.policyRefs, moreIsLaxer),
  rule('ledger/enabled', 'the ledger', (one: Config) => one.ledger.enabled, strictWhen(true)),
  rule('ledger/branch', "the ledger's branch", (one: Config) => one.ledger.branch, anyChange),
  rule('ledger/write', 'who writes the ledger', (one: Config) => one.ledger.write, ordered('in-step', 'own-job')),
  rule('certificate/enabled', 'certificates', (one: Config) => one.certificate.enabled, anyChange),
  rule('certificate/validity', 'how long a certificate holds, in days', validityDays, lower),
  rule(
    'certificate/conditional/enabled',
    'conditional certificates',
    (one: Config) => one.certificate.conditional.enabled,
    strictWhen(false),
  ),
  rule(
    'certificate/conditional/max_conditions',
    'open conditions',
    (one: Config) => one.certificate.conditional.maxConditions,
    lower,
  ),
  rule(
    'certificate/conditional/conditions',
    'criteria that may be open',
    (one: Config) => one.certificate.conditional.conditions.map(({ criterion }) => criterion),
    moreIsLaxer,
  ),
  rule('certificate/sign_offs', 'roles that sign a certificate', (one: Config) => one.certificate.signOffs, moreIsStricter),
  rule('certificate/attest', 'signing', (one: Config) => one.certificate.attest, ordered('never', 'auto', 'always')),
  rule('certificate/signers', 'whose signature counts', (one: Config) => one.certificate.signers, anyChange),
  rule(
    'certificate/door/allow_unsigned',
    'unsigned certificates at the door',
    (one: Config) => one.certificate.door.allowUnsigned,
    strictWhen(false),
  ),
  rule(
    'certificate/door/allow_unchecked',
    'unchecked revocation at the door',
    (one: Config) => one.certificate.door.allowUnchecked,
    strictWhen(false),
  ),
  rule(
    'certificate/recertify/on_failure',
    'what becomes of a certificate that no longer holds',
    (one: Config) => one.certificate.recertify.onFailure,
    ordered('warn', 'revoke'),
  ),
  rule('locked', 'locked', (one: Config) => one.locked, moreIsStricter),
  rule(
    'certification_validation/automated_validation/enabled',
    'automated validation',
    (one: Config) => one.automatedValidation,
    strictWhen(false),
  ),
  rule(`${REVIEW}/enabled`, 'manual review', (one: Config) => one.manualReview.enabled, strictWhen(true)),
  rule(`${REVIEW}/approval_required`, 'approval required', (one: Config) => one.manualReview.approvalRequired, strictWhen(true)),
  rule(
    `${REVIEW}/prevent_self_review`,
    'no review by oneself',
    (one: Config) => one.manualReview.preventSelfReview,
    strictWhen(true),
  ),
  rule(`${REVIEW}/admin_bypass`, 'bypass by administrators', (one: Config) => one.manualReview.adminBypass, strictWhen(false)),
  rule(
    `${REVIEW}/mechanism`,
    'how a person approves',
    (one: Config) => one.manualReview.mechanism,
    ordered('pull_request_review', 'issue', 'environment'),
  ),
  rule(`${REVIEW}/approvers`, 'whose word stands in', (one: Config) => one.manualReview.approvers, moreIsLaxer),
  rule(`${REVIEW}/review_timeout`, 'hours for a review', (one: Config) => one.manualReview.reviewTimeoutHours, lower),
  rule(`${REVIEW}/escalation_timeout`, 'hours until it expires', (one: Config) => one.manualReview.escalationTimeoutHours, lower),
]

/** Months differ in length: told by their longest. */
function validityDays({ certificate }: Config): number {
  return certificate.validity.months * 31 + certificate.validity.seconds / 86_400
}

const EXPIRY_RULES = [
  rule(
    '',
    'expires',
    (one: Pick<Suppression, 'expires'>) => Date.parse(one.expires),
    lower,
    (time) => (Number.isNaN(time) ? NONE : new Date(time).toISOString().slice(0, 10)),
  ),
]

const ROOT = placeAt('', '')

export function compareRun(from: Config, to: Config): Change[] {
  return [
    ...compareBy(RUN_RULES, from, to, ROOT),
    ...compareEvidence(from.evidence, to.evidence, within(ROOT, 'evidence', 'evidence')),
    ...compareKeyed(from.suppressions, to.suppressions, within(ROOT, 'suppressions', 'suppression'), {
      idOf: (one) => JSON.stringify([one.id, one.path, one.package]),
      name: (one) => line([one.id, one.package, one.path].filter((part) => part !== null).join(' ')),
      show: (one) => `until ${one.expires}`,
      added: 'looser',
      removed: 'tighter',
      origin: (one) => one.origin,
      keyed: false,
      rules: EXPIRY_RULES,
    }),
    ...compareKeyed(from.vex ?? [], to.vex ?? [], within(ROOT, 'vex', 'VEX document'), {
      idOf: (one) => JSON.stringify([one.file, [...one.products].sort()]),
      name: (one) => line([one.file, ...one.products].join(' ')),
      show: (one) => `until ${one.expires}`,
      added: 'looser',
      removed: 'tighter',
      origin: (one) => one.origin,
      keyed: false,
      rules: EXPIRY_RULES,
    }),
    ...compareComponents(from, to),
    ...compareChecklists(from, to),
  ]
}

function compareComponents(from: Config, to: Config): Change[] {
  const place = within(ROOT, 'components', 'component')
  const list = compareKeyed(from.components, to.components, place, {
    idOf: (one) => one.id,
    show: (one) => line(one.paths.join(', ')),
    added: 'tighter',
    removed: 'looser',
    rules: [rule('paths', 'paths', (one) => one.paths, anyChange)],
  })
  const evidence = to.components.flatMap((component) => {
    const before = from.components.find((one) => one.id === component.id)
    return before === undefined
      ? []
      : compareEvidence(
          before.evidence,
          component.evidence,
          within(within(place, escapeKey(component.id), component.id), 'evidence', 'evidence'),
        )
  })
  return [...list, ...evidence]
}

function compareChecklists(from: Config, to: Config): Change[] {
  const place = within(ROOT, 'checklists', 'checklist')
  const list = compareKeyed(from.checklists, to.checklists, place, {
    idOf: (one) => one.id,
    show: (one) => (one.source === null ? `${one.items.length} items` : line(one.source)),
    added: 'tighter',
    removed: 'looser',
    rules: [rule('source', 'source', (one) => one.source, anyChange)],
  })
  const plain = to.checklists.flatMap((checklist) =>
    plainTicks(from, checklist, within(place, escapeKey(checklist.id), checklist.id)),
  )
  const items = to.checklists.flatMap((checklist) => {
    const before = from.checklists.find((one) => one.id === checklist.id)
    return before === undefined
      ? []
      : compareItems(before.items, checklist.items, within(within(place, escapeKey(checklist.id), checklist.id), 'items', ''))
  })
  return [...list, ...plain, ...items]
}

/** A list whose plain ticks count is looser than any other, also where it is new. */
function plainTicks(from: Config, { id, attestation, origin }: ChecklistConfig, place: Place): Change[] {
  const before = from.checklists.find((one) => one.id === id)?.attestation
  if ((before === false) === (attestation === false)) return []
  const [was, is] = attestation === false ? ['on', 'off'] : ['off', 'on']
  const direction = attestation === false ? 'looser' : 'tighter'
  return [{ ...within(place, 'attestation', 'attestation'), from: was!, to: is!, direction, origin: origin ?? null }]
}
