// The evidence that an attestation names, where it is a file: looked up before anything is judged.

const MAX_LENGTH = 300

/** The path below the repository, without an anchor; null: it is none. Characters that a glob would read are none of a path here. */
export function evidencePath(evidence: string): string | null {
  const path = (evidence.split('#')[0] ?? '').replace(/^\.\//, '')
  if (path === '' || path.length > MAX_LENGTH || /[*?[\]{}()!\\\u0000-\u001f]|^\/|^[A-Za-z][A-Za-z0-9+.-]*:/.test(path))
    return null
  return path.split('/').includes('..') ? null : path
}
