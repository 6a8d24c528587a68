// How a branch's newest certificate stands, as files beside the chain: what it is told from, and a badge. No part of the chain.
import { lastOf, lastStatus, lastText, lastWith, openLast } from '../../certificate/last.ts'
import type { CertificateHistory } from '../../model/certificate.ts'
import type { LastCertificate } from '../../model/last-certificate.ts'
import type { Draft } from '../../model/ledger.ts'
import { certificateBadgeOf, renderBadgeJson, renderBadgeSvg } from '../../reporting/renderers/badge.ts'
import { badgePath, branchFile, type Extras, NO_EXTRAS, type OwnRun, ownRuns } from './badges.ts'

/** `certificates/main.json`. */
export function certificatePath(name: string, branch: string): string {
  return `certificates/${branchFile(name, branch)}.json`
}

/** No branch's own badge has that name: what follows an underline there are a byte's two digits, or sixteen. */
function badgeFile(name: string, branch: string): string {
  return `${badgePath(name, branch)}_certificate`
}

/** For what is said of a certificate: `history` has it already. A newer one that another writer put there meanwhile stays. */
export function certificateSaid(history: CertificateHistory, { name, ref }: { name: string; ref: string }): Extras {
  const branch = /^refs\/heads\/(.+)$/s.exec(ref)?.[1]
  const last = lastOf(history, name, ref)
  if (branch === undefined || last === null) return NO_EXTRAS
  const path = certificatePath(name, branch)
  return {
    paths: [path],
    write: ([before], { at, seq }) => {
      const stood = before == null ? null : openLast(before, seq)
      const newest = stood !== null && stood.seq > last.seq ? stood : last
      return new Map([[path, lastText(newest)], ...badgeOf(name, branch, newest, at)])
    },
  }
}

/** For the records of a branch's own runs: time has passed, and one of them may meet a condition. */
export function certificatesBeside(drafts: readonly Draft[]): Extras {
  const branches = new Map<string, OwnRun[]>()
  for (const run of ownRuns(drafts)) {
    // Nothing is certified on a laptop.
    if (run.subject.run === null) continue
    const path = certificatePath(run.name, run.branch)
    branches.set(path, [...(branches.get(path) ?? []), run])
  }
  const all = [...branches].map(([path, runs]) => {
    const { name, branch } = runs[0]!
    return { path, runs, name, branch, badge: `${badgeFile(name, branch)}.svg` }
  })
  return {
    paths: all.flatMap(({ path, badge }) => [path, badge]),
    write: (before, { at, seq }) =>
      new Map(
        all.flatMap(({ path, runs, name, branch }, index): [string, string][] => {
          const [file, badge] = [before[2 * index] ?? null, before[2 * index + 1] ?? null]
          if (file === null) return badge === null ? badgeOf(name, branch, 'none', at) : []
          const stood = openLast(file, seq)
          if (stood === null) return badgeOf(name, branch, 'unknown', at)
          const last = runs.reduce((one, run) => lastWith(one, run, at), stood)
          return [...(last === stood ? [] : [[path, lastText(last)] as [string, string]]), ...badgeOf(name, branch, last, at)]
        }),
      ),
  }
}

function badgeOf(name: string, branch: string, last: LastCertificate | 'none' | 'unknown', at: Date): [string, string][] {
  const path = badgeFile(name, branch)
  const status = typeof last === 'string' ? null : lastStatus(last, at)
  const known = typeof last === 'string' ? last : status === null ? 'unknown' : { level: last.certificate.level, status }
  const badge = certificateBadgeOf(name, known)
  const stamp = typeof last === 'string' ? 'no certificate that is known' : `${last.certificate.id}, as of ${at.toISOString()}`
  return [
    [`${path}.json`, renderBadgeJson(badge)],
    [`${path}.svg`, renderBadgeSvg(badge, stamp)],
  ]
}
