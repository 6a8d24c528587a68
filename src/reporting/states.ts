// The mark and the word of every state. What was not evaluated shares neither with what passed.
import type { CertificateState } from '../model/certificate.ts'
import type { GateState, LevelState, Outcome, Verdict } from '../model/outcome.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'waiting' | 'quiet'

export interface Shown {
  mark: string
  word: string
  tone: Tone
}

const shown = (mark: string, word: string, tone: Tone): Shown => ({ mark, word, tone })

export const OUTCOMES: Record<Outcome, Shown> = {
  pass: shown('✓', 'passed', 'good'),
  warn: shown('⚠', 'warning', 'warn'),
  fail: shown('✗', 'failed', 'bad'),
  no_evidence: shown('◌', 'no evidence', 'unknown'),
  error: shown('?', 'could not judge', 'unknown'),
  pending: shown('…', 'pending', 'waiting'),
  not_applicable: shown('–', 'n/a', 'quiet'),
  skipped: shown('–', 'skipped', 'quiet'),
}

export const LEVEL_STATES: Record<LevelState, Shown> = {
  passed: shown('✓', 'passed', 'good'),
  passed_with_warnings: shown('⚠', 'passed with warnings', 'warn'),
  failed: shown('✗', 'failed', 'bad'),
  blocked: shown('⊘', 'blocked', 'quiet'),
  pending_review: shown('…', 'waiting for review', 'waiting'),
  evidence_pending: shown('…', 'evidence pending', 'waiting'),
  disabled: shown('–', 'disabled', 'quiet'),
  not_applicable: shown('–', 'n/a', 'quiet'),
  error: shown('?', 'could not judge', 'unknown'),
}

export const GATE_STATES: Record<GateState, Shown> = {
  entry_failed: shown('✗', 'entry not met', 'bad'),
  exit_failed: shown('✗', 'exit not met', 'bad'),
  deliverables_missing: shown('◌', 'deliverable missing', 'unknown'),
  evidence_pending: shown('…', 'evidence pending', 'waiting'),
  awaiting_approval: shown('…', 'awaiting approval', 'waiting'),
  approved: shown('✓', 'approved', 'good'),
  rejected: shown('✗', 'rejected', 'bad'),
  expired: shown('✗', 'expired', 'bad'),
  open: shown('✓', 'open', 'good'),
  skipped: shown('–', 'skipped', 'quiet'),
  error: shown('?', 'could not judge', 'unknown'),
}

/** How a certificate stands; that nobody knows looks like no other, and never like one that holds. */
export const CERTIFICATE_STATES: Record<CertificateState | 'unknown', Shown> = {
  active: shown('✓', 'active', 'good'),
  conditional: shown('⚠', 'conditional', 'warn'),
  expired: shown('✗', 'expired', 'bad'),
  revoked: shown('✗', 'revoked', 'bad'),
  superseded: shown('–', 'superseded', 'quiet'),
  unknown: shown('?', 'status not known', 'unknown'),
}

/** The verdict's mark in plain text and as an emoji where colour is otherwise not to be had. */
export const VERDICTS: Record<Verdict, Shown & { emoji: string }> = {
  passed: { ...shown('✓', 'passed', 'good'), emoji: '✅' },
  pending: { ...shown('…', 'pending', 'waiting'), emoji: '⏳' },
  failed: { ...shown('✗', 'failed', 'bad'), emoji: '❌' },
  error: { ...shown('?', 'could not judge', 'unknown'), emoji: '⚠️' },
}
