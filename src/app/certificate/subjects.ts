// What is certified beside the commit, or asked for at the door: files hashed as they are, images by the digest that they are named with.
import { HashedSource } from '../../evidence/hashed-source.ts'
import { type CertifiedSubject, imageOf } from '../../model/certificate.ts'
import { CertifyError } from '../../model/problem.ts'
import { misfitOf } from '../gate/still-holds.ts'
import type { Files, Found, Ports } from '../ports.ts'
import type { Certifiable } from './issuable.ts'

/** GitHub attests at most so many at once. */
const MOST = 1000

/** `named`: globs of files, or `oci://NAME@sha256:HEX`. Sorted by name. Throws CertifyError where one matches nothing. */
export function subjectsOf(named: readonly string[], files: Pick<Files, 'find' | 'open'>): CertifiedSubject[] {
  const found = new Map<string, CertifiedSubject>()
  for (const one of named) {
    const own = one.startsWith('oci://') ? [imageNamed(one)] : filesOf(one, files)
    for (const subject of own) found.set(`${subject.name}@${subject.digest.sha256}`, subject)
  }
  if (found.size > MOST)
    throw new CertifyError('too_many_subjects', `${found.size} files would be certified, at most ${MOST} can be`, {
      hint: 'narrow the globs under certificate.subjects, or certify an archive of them',
    })
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function imageNamed(image: string): CertifiedSubject {
  const found = imageOf(image)
  if (found !== null) return found
  throw new CertifyError('subject_invalid', `"${image.slice(0, 120)}" is no image by its digest`, {
    hint: 'write oci://registry/name@sha256:<64 hex digits>; a tag may move',
  })
}

function filesOf(glob: string, files: Pick<Files, 'find' | 'open'>): CertifiedSubject[] {
  const found = foundBy(glob, files)
  const lost = found.unusable[0]
  if (lost !== undefined)
    throw new CertifyError('subject_unreadable', `${lost.path}: ${lost.message}`, {
      hint: 'every file of a certificate has to be read',
    })
  if (found.files.length === 0)
    throw new CertifyError('subject_missing', `no file matches "${glob.slice(0, 120)}"`, {
      hint: 'build or download the files before this step, or correct the glob',
    })
  return found.files.map((file) => ({
    name: file.path,
    digest: { sha256: new HashedSource(file, { fileBytes: Number.MAX_SAFE_INTEGER }).finish().sha256 },
  }))
}

/** A plain path may lie anywhere; a glob stays within the workspace, and leaves out nothing that is deployed. */
function foundBy(glob: string, files: Pick<Files, 'find' | 'open'>): Found {
  if (/[*?[\]{}!]/.test(glob)) return files.find([glob], MOST + 1, true)
  const one = files.open(glob)
  if (one === null) return { files: [], unusable: [] }
  return 'code' in one ? { files: [], unusable: [one] } : { files: [one], unusable: [] }
}

/** Why the run that the files were built in does not speak for the commit, if it does not: whoever picks the run would pick the files. */
export async function builtElsewhere(
  named: readonly string[],
  { record }: Pick<Certifiable, 'record'>,
  { artifactRun, subject, reviews }: Pick<Ports, 'artifactRun' | 'subject' | 'reviews'>,
): Promise<string[]> {
  if (named.every((one) => one.startsWith('oci://'))) return []
  const run = artifactRun ?? subject.run
  const { commit, ref } = record.data.subject
  const facts = run === null || reviews === null ? null : await reviews.runFacts(run)
  const misfit = misfitOf(facts, { run, commit, ref })
  return misfit === null ? [] : [`The files are of another build: ${misfit}. Name the run that built that commit: run-id.`]
}
