// A file of one JSON object a line, as runners write while they run: events one by one, other lines aside, a cut last line told.
import { CertifyError, type Problem } from '../../model/problem.ts'
import type { ByteSource, Limits } from '../format.ts'
import { problem, quote, refusal } from '../problems.ts'
import { readJson } from './json.ts'
import { asObject, type JsonObject } from './json-fields.ts'
import { lineBlocks, textAt } from './lines.ts'

const NEWLINE = 10
const BRACE = 0x7b

export interface JsonLines {
  /** The last line is no whole object. */
  cut: boolean
  /** What follows a line that is no JSON was not read. */
  broken: boolean
  /** Notices of a cut line, and of lines that are no objects and that nobody wanted. */
  problems: Problem[]
}

/**
 * `other` sees the lines that do not begin with a brace and says whether it knows them. A line that begins with one and is
 * no whole object refuses the file, `line_malformed`, unless it is the last; so does what `take` refuses. With `atBroken`
 * 'stop' a line that is no JSON ends the reading instead: for streams whose beginning is worth telling as a run cut short.
 */
export function eachJsonLine(
  source: ByteSource,
  limits: Limits,
  take: (event: JsonObject) => void,
  other: (text: string) => boolean,
  atBroken: 'refuse' | 'stop' = 'refuse',
): JsonLines {
  const { path } = source
  const problems: Problem[] = []
  const strange = { count: 0, first: 0 }
  let cut = 0
  let broken = 0
  let line = 1
  reading: for (const { bytes, end } of lineBlocks(source)) {
    for (let at = 0; at < end; line++) {
      const stop = bytes.indexOf(NEWLINE, at)
      if (cut > 0) {
        if (atBroken === 'refuse') throw refusal('line_malformed', `line ${cut} is no whole event`, { path, line: cut })
        broken = cut
        cut = 0
        break reading
      }
      if (bytes[at] === BRACE) {
        const event = objectIn(bytes.subarray(at, stop), { path, line }, limits)
        if (event instanceof Broken) {
          if (atBroken === 'refuse') throw event.refusal
          broken = line
          break reading
        }
        if (event) placed({ path, line }, () => take(event))
        else cut = line
      } else {
        const text = textAt(bytes, at, stop)
        if (text.trim() !== '' && !other(text) && strange.count++ === 0) strange.first = line
      }
      at = stop + 1
    }
  }
  if (cut > 0) problems.push(problem('truncated', 'the last line is cut off: the run did not end', { path, line: cut }))
  if (broken > 0)
    problems.push(problem('line_malformed', 'the line is no event: what follows it is not read', { path, line: broken }))
  if (strange.count > 0) {
    const message = `${strange.count === 1 ? 'a line is' : `${strange.count} lines are`} no event: passed over`
    problems.push(problem('line_malformed', message, { path, line: strange.first }))
  }
  return { cut: cut > 0, broken: broken > 0, problems }
}

/** null: it is cut off. */
function objectIn(bytes: Uint8Array, place: { path: string; line: number }, limits: Limits): JsonObject | Broken | null {
  try {
    return placed(place, () =>
      asObject(readJson({ path: place.path, size: bytes.length, chunks: () => [bytes] }, limits), 'the event'),
    )
  } catch (error) {
    if (error instanceof Cut) return null
    if (error instanceof Broken) return error
    throw error
  }
}

class Cut extends Error {}

/** No JSON at all. */
class Broken extends Error {
  constructor(readonly refusal: CertifyError) {
    super()
  }
}

function placed<T>(place: { path: string; line: number }, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    if (error.code === 'json_truncated') throw new Cut()
    const told = refusal('line_malformed', `the event cannot be read: ${error.message} (${quote(error.code)})`, place)
    throw error.code === 'json_malformed' ? new Broken(told) : told
  }
}
