// TRX's own words: outcomes of results and runs, time spans; assembly names and source lines as .NET's runners write them.
import type { TestOutcome } from '../../../model/evidence.ts'

/** Only Passed (and Warning, which is a pass with a remark) passes; what a run broke off is failed, never skipped. */
const OUTCOMES: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['Passed', 'passed'],
  ['Warning', 'passed'],
  ['Failed', 'failed'],
  ['Timeout', 'failed'],
  ['Aborted', 'failed'],
  ['Error', 'error'],
  ['Disconnected', 'error'],
  ['PassedButRunAborted', 'error'],
  ['NotExecuted', 'skipped'],
  ['NotRunnable', 'skipped'],
  ['Inconclusive', 'skipped'],
  ['Pending', 'skipped'],
  ['InProgress', 'skipped'],
  ['Completed', 'skipped'],
])

/** The schema's default for an absent outcome is Error. */
export function outcomeOf(word: string | null): TestOutcome {
  return OUTCOMES.get(word ?? 'Error') ?? 'error'
}

/** Outcomes of a whole run, or of a note in it, that stop a pass. */
export const BAD_RUN: ReadonlySet<string> = new Set([
  'Failed',
  'Error',
  'Aborted',
  'Timeout',
  'Disconnected',
  'PassedButRunAborted',
  'NotRunnable',
])

/** Outcomes of a run that ended before its plan, or had not ended when the file was written. */
export const ABORTED: ReadonlySet<string> = new Set([
  'Aborted',
  'Timeout',
  'Disconnected',
  'PassedButRunAborted',
  'InProgress',
  'Pending',
])

/** `00:01:02.3450000`, days before a dot where there are any; null: none. */
export function secondsOfSpan(text: string | null): number | null {
  const found = /^(?:(\d{1,6})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(text?.trim() ?? '')
  if (!found) return null
  const [days, hours, minutes, seconds] = [found[1] ?? '0', found[2], found[3], found[4]].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

/** ` in C:\src\Tests.cs:line 12`: the first frame with a source file. `line` is written in English on every machine that has it. */
export function placeIn(trace: string): { file: string; line: number } | null {
  for (const frame of trace.split('\n', 50)) {
    const at = frame.lastIndexOf(':line ')
    const from = frame.lastIndexOf(' in ', at)
    const line = Number.parseInt(frame.slice(at + 6), 10)
    if (at > 0 && from > 0 && line > 0) return { file: frame.slice(from + 4, at).replaceAll('\\', '/'), line }
  }
  return null
}

/** `e:\build\bin\Acme.Tests.dll`: `Acme.Tests`. */
export function assemblyOf(storage: string): string {
  const file = storage.replaceAll('\\', '/').split('/').at(-1) ?? ''
  return file.replace(/\.(?:dll|exe)$/i, '')
}
