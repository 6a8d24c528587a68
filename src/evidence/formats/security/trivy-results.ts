// Trivy's results, each a target with what was found in it: the same in each of Trivy's reports.
import type { Finding, ScanKind } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import {
  licenceFinding,
  misconfigurationFinding,
  secretFinding,
  suppressedFinding,
  vulnerabilityFinding,
} from './trivy-findings.ts'

export interface Results {
  findings: Finding[]
  scans: Set<ScanKind>
}

/** Adds what a list of results holds; `place` says where it stands. `image`: the targets are one, or were read out of one. */
export function readResults(list: readonly unknown[], image: boolean, place: string, into: Results, limits: Limits): void {
  for (const [index, value] of list.entries()) {
    inside(
      () => `${place}[${index}]`,
      () => {
        const result = asObject(value, 'the entry')
        for (const scan of scansOf(result, image)) into.scans.add(scan)
        for (const finding of findingsOf(result, limits)) into.findings.push(finding)
      },
    )
    if (into.findings.length > limits.findings) throw refused('too_many', `holds more than ${limits.findings} findings`)
  }
}

function scansOf(result: JsonObject, image: boolean): ScanKind[] {
  const has = (key: string) => (arrayAt(result, key)?.length ?? 0) > 0
  const kinds: ScanKind[] = []
  const type = field(result, 'Class')
  if (type === 'os-pkgs' || type === 'lang-pkgs' || has('Vulnerabilities')) {
    if (image) kinds.push('container')
    if (!image || type === 'lang-pkgs') kinds.push('sca')
  }
  if (type === 'config' || has('Misconfigurations')) kinds.push('iac')
  if (type === 'secret' || has('Secrets')) kinds.push('secrets')
  if (type === 'license' || type === 'license-file' || has('Licenses')) kinds.push('license')
  return kinds
}

function* findingsOf(result: JsonObject, limits: Limits): Iterable<Finding> {
  const target = textAt(result, 'Target', limits)
  const entries = (key: string) =>
    (arrayAt(result, key) ?? []).map((value, index) =>
      inside(
        () => `${key}[${index}]`,
        () => asObject(value, 'the entry'),
      ),
    )
  for (const entry of entries('Vulnerabilities')) yield vulnerabilityFinding(entry, target, limits)
  for (const entry of entries('Misconfigurations')) yield misconfigurationFinding(entry, target, limits)
  for (const entry of entries('Secrets')) yield secretFinding(entry, target, limits)
  for (const entry of entries('Licenses')) yield licenceFinding(entry, target, limits)
  for (const entry of entries('ExperimentalModifiedFindings')) yield suppressedFinding(entry, target, limits)
}
