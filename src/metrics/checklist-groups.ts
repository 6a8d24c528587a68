// Where an item of a checklist belongs: to one of the five domains, else to a list or phase, told by the headings above it.
import { DOMAINS, type DomainId } from '../model/certificate.ts'

/** `name` of a domain is its id; of a list its heading. */
export interface Group {
  kind: 'domain' | 'list'
  name: string
}

/** Headings of the five domains, as they begin: `1. Performance Standards (needs benchmarks)`. */
const BEGINNINGS: readonly (readonly [RegExp, DomainId])[] = [
  [/^functional(?:ity)?(?:$| (?:requirements|completeness)\b)/, 'functional'],
  [/^performance(?:$| (?:standards|requirements)\b)/, 'performance'],
  [/^security(?:$| (?:compliance|requirements)\b)/, 'security'],
  [/^operation(?:s|al)(?:$| (?:readiness|requirements)\b)/, 'operational'],
  [/^documentation(?:$| (?:completeness|requirements)\b)/, 'documentation'],
]
const PHASE = /^phase \d/
const CERTIFICATION_LIST = /^(?:pre certification|certification process|post certification)\b/
/** Done only when the certificate is there: no item of a list that it waits for. */
const AFTER = /^post certification\b/
const ISSUED: ReadonlySet<string> = new Set([
  'certification issued',
  'certificate issued',
  'production deployment authorized',
  'production deployment authorised',
])

/** The outermost heading that names a domain, else one that names a list or phase, else the nearest. */
export function groupOf(headings: readonly string[]): Group | null {
  const begun = headings.map(beginning)
  for (const heading of begun) {
    const domain = BEGINNINGS.find(([words]) => words.test(heading))?.[1]
    if (domain !== undefined) return { kind: 'domain', name: domain }
  }
  const list = begun.findIndex((heading) => CERTIFICATION_LIST.test(heading) || PHASE.test(heading))
  const name = headings[list < 0 ? headings.length - 1 : list]
  return name === undefined ? null : { kind: 'list', name }
}

/** True of what only the certificate itself makes true, which would wait for itself otherwise. */
export function isCircular(text: string, headings: readonly string[]): boolean {
  return ISSUED.has(wordsOf(text)) || headings.some((heading) => AFTER.test(beginning(heading)))
}

/** The five domains in their own order, then the rest as they come. */
export function inOrder(groups: readonly Group[]): Group[] {
  const rank = ({ kind, name }: Group): number => {
    const at = kind === 'domain' ? (DOMAINS as readonly string[]).indexOf(name) : -1
    return at < 0 ? DOMAINS.length : at
  }
  return [...groups].sort((a, b) => rank(a) - rank(b))
}

/** Words alone: ticks, emphasis, emoji and spacing do not tell items apart (spec 0.1, row 12). */
export function wordsOf(text: string): string {
  return text
    .slice(0, 1000)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}<>=%.]+/gu, ' ')
    .trim()
}

/** Without number and sign before it, also where its encoding was mangled. */
function beginning(heading: string): string {
  return wordsOf(heading).replace(/^[^a-z]+/, '')
}
