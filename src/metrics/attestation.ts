// Whether a person's word for an item holds: who, since when, on what evidence, until when. What is not said is not vouched for.
import { dayStart } from '../model/calendar.ts'
import type { Vouched } from '../model/evidence.ts'
import type { MatchedFiles } from '../model/file-check.ts'
import { evidencePath } from '../model/vouched.ts'

const LOGIN = /^@?[A-Za-z0-9][A-Za-z0-9-]{0,38}$/

/** What keeps the word from counting, each as the end of a sentence; empty: it counts. Days begin at 00:00 UTC. */
export function attestationFaults(vouched: Vouched | null, now: Date, files: MatchedFiles): string[] {
  if (vouched === null) return ['nobody vouches for it']
  const { by, on, evidence, expires } = vouched
  const faults: string[] = []
  if (by === null) faults.push('it does not say who vouches for it')
  else if (!LOGIN.test(by)) faults.push('who vouches for it is no login')
  if (on === null) faults.push('it does not say when')
  else {
    const start = dayStart(on)
    if (start === null) faults.push('when it was done is no day')
    else if (start.getTime() > now.getTime()) faults.push('it is from the future')
  }
  if (evidence === null) faults.push('it names no evidence')
  else faults.push(...evidenceFault(evidence, files))
  if (expires === null) faults.push('it does not say until when')
  else {
    const end = dayStart(expires)
    if (end === null) faults.push('the day it ends is no day')
    else if (end.getTime() <= now.getTime()) faults.push(`it expired on ${expires}`)
  }
  return faults
}

function evidenceFault(evidence: string, files: MatchedFiles): string[] {
  if (URL.canParse(evidence) && new URL(evidence).protocol === 'https:') return []
  const path = evidencePath(evidence)
  if (path === null) return ['its evidence is neither a path of the repository nor an https address']
  const found = Object.hasOwn(files, path) ? (files[path] ?? []) : []
  return found.some((one) => one.size > 0) ? [] : ['its evidence is not there']
}
