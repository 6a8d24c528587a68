// Remarks on evidence: what is true of many files is said once beneath the list, what is true of one beside its name.
import type { ReasonCode } from '../model/reason.ts'
import type { ResultEvidence, StatedReason } from '../model/result.ts'
import { count, plural } from './numbers.ts'

/** Remarks that no reader has to act on: never beside a file. With the words for `n` files. */
const QUIET: Partial<Record<ReasonCode, (files: number) => string>> = {
  evidence_unbound: (files) => `${plural(files, 'report')} ${files === 1 ? 'does' : 'do'} not say which commit ${its(files)} for`,
  evidence_tracked: (files) =>
    `${plural(files, 'report')} ${files === 1 ? 'is' : 'are'} committed to git, so ${files === 1 ? 'it proves' : 'they prove'} nothing about this run; that is allowed on a laptop, or by committed: true`,
}

export interface EvidenceNotes {
  /** Beside the file. */
  own(file: ResultEvidence): string[]
  /** Beneath the list. */
  common: string[]
}

/** Why a file was not admitted is always said beside it. */
export function notesOn(evidence: readonly ResultEvidence[]): EvidenceNotes {
  const files = evidence.filter((file) => file.admitted)
  const notes = new Map<string, { code: ReasonCode; text: string; files: number }>()
  for (const file of files)
    for (const reason of file.reasons) {
      const text = besideName(file, reason)
      const key = reason.code in QUIET ? reason.code : JSON.stringify([reason.code, text])
      const note = notes.get(key)
      if (note === undefined) notes.set(key, { code: reason.code, text, files: 1 })
      else note.files += 1
    }
  const isCommon = ({ code, files: number }: { code: ReasonCode; files: number }): boolean => code in QUIET || number > 2
  const beneath = new Set([...notes.values()].filter(isCommon).map(({ code, text }) => (code in QUIET ? code : text)))
  return {
    own: (file) =>
      file.reasons
        .filter((reason) => !(file.admitted && (beneath.has(reason.code) || beneath.has(besideName(file, reason)))))
        .map((reason) => besideName(file, reason)),
    common: [...notes.values()]
      .filter(isCommon)
      .map(({ code, text, files: number }) => QUIET[code]?.(number) ?? `${count(number)} reports, each: ${text}`),
  }
}

/** A file's reason beside its name, which it need not say again. */
function besideName({ path }: ResultEvidence, { text }: StatedReason): string {
  const rest = text.startsWith(path) ? text.slice(path.length) : ''
  return /^:? /.test(rest) ? rest.replace(/^:? /, '') : text
}

function its(files: number): string {
  return files === 1 ? 'it is' : 'they are'
}
