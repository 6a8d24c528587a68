// The one table of words: every reason code to a short sentence and the smallest fix. A missing code does not compile.
import type { Reason, ReasonCode } from '../model/reason.ts'
import { APPROVAL_WORDS } from './messages/approval.ts'
import { COMPARED_WORDS } from './messages/compared.ts'
import { EVIDENCE_WORDS } from './messages/evidence.ts'
import { MEASURED_WORDS } from './messages/measured.ts'
import { PROCESS_WORDS } from './messages/process.ts'
import type { Words, WordsFor } from './messages/words.ts'

const WORDS: WordsFor<ReasonCode> = {
  ...EVIDENCE_WORDS,
  ...MEASURED_WORDS,
  ...COMPARED_WORDS,
  ...APPROVAL_WORDS,
  ...PROCESS_WORDS,
}

export const REASON_CODES = Object.keys(WORDS) as readonly ReasonCode[]

/** Words for a reason. Foreign text in its arguments is bounded but not escaped: renderers escape, once. */
export function state(reason: Reason): Words {
  const words = WORDS[reason.code] as (args: Reason['args']) => Words
  return words(reason.args)
}
