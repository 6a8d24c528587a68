// The branch's newest certificate in one line, the same on every surface. Green is only one that holds and is of this very commit.
import type { ResultCertificate } from '../model/last-certificate.ts'
import { CERTIFICATE_STATES, type Shown } from './states.ts'

const NOT_OURS: Shown = { mark: '–', word: '', tone: 'quiet' }

/** How the surface shows a hash or a branch's name, and other text: all of it may come from a record that anybody wrote. */
export function certificateLine(
  { branch, state, commit, level, covers, since, until }: ResultCertificate,
  { name, plain }: { name: (text: string) => string; plain: (text: string) => string },
): { shown: Shown; text: string } {
  const known = CERTIFICATE_STATES[state]
  const day = (time: string | null): string => plain(time?.slice(0, 10) ?? '')
  if (state === 'unknown' || commit === null)
    return { shown: CERTIFICATE_STATES.unknown, text: `Certificate of ${name(branch)}: ${CERTIFICATE_STATES.unknown.word}` }
  const what = `Level ${plain(String(level))} certificate`
  const how =
    state === 'active'
      ? `${what} · until ${day(until)}`
      : state === 'conditional'
        ? `${what}, ${known.word} · until ${day(until)}`
        : `${what}, ${known.word} since ${day(since)}`
  if (covers) return { shown: known, text: how }
  return {
    shown: state === 'active' ? NOT_OURS : known,
    text: `${how} · of ${name(commit.slice(0, 12))} on ${name(branch)}, not of this commit`,
  }
}
