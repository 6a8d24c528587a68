// The package that a purl names, called as scanners call it.

export interface NamedPackage {
  name: string
  version: string | null
  /** npm, maven, deb... */
  type: string
}

/** Packages of an operating system: the part before the name is the distribution, and no part of it. */
const OF_SYSTEM: ReadonlySet<string> = new Set(['apk', 'alpm', 'deb', 'rpm', 'oci', 'docker', 'generic'])

/** `pkg:maven/org.example/lib@1.2` is org.example:lib 1.2, `pkg:npm/%40org/lib@1` is @org/lib 1. null: no purl. */
export function packageOfPurl(purl: string): NamedPackage | null {
  if (!purl.startsWith('pkg:') || purl.length > 4096) return null
  const end = purl.search(/[?#]/)
  const body = purl.slice(4, end === -1 ? undefined : end)
  const at = body.lastIndexOf('@')
  // An @ before the last slash is of a namespace that was not escaped.
  const cut = at > body.lastIndexOf('/') ? at : -1
  const [type = '', ...parts] = (cut === -1 ? body : body.slice(0, cut)).split('/').filter((part) => part !== '')
  const names = parts.map(decoded)
  const name = names.pop()
  if (type === '' || name === undefined || name === '') return null
  const kind = type.toLowerCase()
  const namespace = OF_SYSTEM.has(kind) ? '' : names.join('/')
  const separator = kind === 'maven' ? ':' : '/'
  return {
    name: namespace === '' ? name : `${namespace}${separator}${name}`,
    version: cut === -1 ? null : decoded(body.slice(cut + 1)) || null,
    type: kind,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
