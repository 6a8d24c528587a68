// The `extends:` key: a base config at a commit that cannot move.
import { canonical } from './aliases.ts'
import { isTree } from './pointer.ts'
import { readYaml } from './yaml.ts'

const FORM = /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}\/[^@\s]{1,300}@[0-9a-f]{40}$/

/** The reference, for whoever can fetch it; null where there is none or the config cannot be read (resolving tells why). */
export function extendsOf(text: string): string | null {
  const read = readYaml(text, '')
  if ('problems' in read || !isTree(read.document.value)) return null
  const reference = canonical(read.document.value).tree.extends
  return typeof reference === 'string' && isReference(reference) ? reference : null
}

/** owner/repo/path@full-commit-sha, the path without a step upwards. */
export function isReference(reference: string): boolean {
  return FORM.test(reference) && !reference.split('/').includes('..')
}
