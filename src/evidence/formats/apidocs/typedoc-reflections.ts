// The reflections of a TypeDoc project that should be documented, told apart as TypeDoc itself does.
import { refused } from '../../scan/json.ts'
import { arrayAt, field, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'

/** ReflectionKind of TypeDoc: bits. */
const KIND = {
  enum: 8,
  member: 16,
  variable: 32,
  function: 64,
  class: 128,
  interface: 256,
  constructor: 512,
  property: 1024,
  method: 2048,
  call: 4096,
  newable: 16_384,
  literal: 65_536,
  accessor: 262_144,
  get: 524_288,
  set: 1_048_576,
  alias: 2_097_152,
} as const

const REQUIRED =
  KIND.enum |
  KIND.member |
  KIND.variable |
  KIND.class |
  KIND.interface |
  KIND.property |
  KIND.alias |
  KIND.call |
  KIND.get |
  KIND.set
const SIGNATURES = KIND.call | KIND.newable | KIND.get | KIND.set
/** Their comments are those of their signatures, where they have any. */
const CONTAINERS = KIND.function | KIND.method | KIND.constructor | KIND.accessor
const OWN_SIGNATURES = ['signatures', 'setSignature', 'getSignature'] as const

interface Reflection {
  json: JsonObject
  kind: number
  name: string
  parent: Reflection | null
}

export interface Counted {
  name: string
  path: string | null
  line: number | null
  documented: boolean
}

export class Reflections {
  private readonly all: Reflection[] = []
  private readonly known = new Map<JsonObject, Reflection>()

  constructor(project: JsonObject) {
    this.walk(project, null)
  }

  /** `ours`: is the symbol with that id one of the packages that count? */
  counted(ours: (id: unknown) => boolean): Counted[] {
    const queue = this.all.filter((one) => (one.kind & REQUIRED) !== 0)
    const seen = new Set<Reflection>()
    const found: Counted[] = []
    for (let at = 0; at < queue.length; at++) {
      const one = queue[at]!
      if (seen.has(one)) continue
      seen.add(one)
      const instead = this.insteadOf(one)
      queue.push(...instead.others)
      if (instead.only || !ours(field(one.json, 'id'))) continue
      const byParent = (one.kind & SIGNATURES) !== 0 && one.parent !== null && hasComment(one.parent.json)
      found.push({ name: nameOf(one), ...placeOf(one), documented: byParent || hasComment(one.json) })
    }
    return found
  }

  /** What is to be documented besides a reflection, or in its place: its signatures, or what a signature is the type of. */
  private insteadOf({ kind, json, parent }: Reflection): { others: Reflection[]; only: boolean } {
    const owner = parent?.parent ?? null
    if (kind === KIND.call && parent?.kind === KIND.literal && owner) return { others: [owner], only: true }
    if (kind === KIND.newable && owner?.kind === KIND.alias) return { others: [owner], only: true }
    if ((kind & SIGNATURES) !== 0) return { others: [], only: false }
    const type = objectAt(json, 'type')
    const declaration = type && field(type, 'type') === 'reflection' ? objectAt(type, 'declaration') : null
    const others = signaturesOf(declaration ?? json).flatMap((one) => this.known.get(one) ?? [])
    return { others, only: others.length > 0 && (kind & CONTAINERS) !== 0 }
  }

  /** Parameters do not count, nor what is inside of one; references stand for what is counted where it is. */
  private walk(value: unknown, parent: Reflection | null): void {
    if (Array.isArray(value)) {
      for (const one of value) this.walk(one, parent)
    } else if (isObject(value)) {
      const variant = field(value, 'variant')
      if (variant === 'param' || variant === 'reference') return
      const here = variant === undefined ? parent : this.add(value, parent)
      for (const [key, inner] of Object.entries(value)) if (key !== 'comment') this.walk(inner, here)
    }
  }

  private add(json: JsonObject, parent: Reflection | null): Reflection {
    const [kind, name] = [field(json, 'kind'), field(json, 'name')]
    if (!Number.isInteger(kind) || typeof name !== 'string') throw refused('wrong_shape', 'a reflection lacks its kind or name')
    const made = { json, kind: Number(kind), name, parent }
    this.all.push(made)
    this.known.set(json, made)
    return made
  }
}

function signaturesOf(json: JsonObject): JsonObject[] {
  return OWN_SIGNATURES.flatMap((key) => field(json, key) ?? []).filter(isObject)
}

function hasComment(json: JsonObject): boolean {
  const comment = objectAt(json, 'comment')
  if (comment === null) return false
  const words = (arrayAt(comment, 'summary') ?? []).filter(isObject)
  const says = (part: JsonObject) => field(part, 'kind') !== 'text' || field(part, 'text') !== ''
  return words.some(says) || (arrayAt(comment, 'blockTags') ?? []).length > 0
}

/** A signature goes by the name of what it is the signature of; a type literal has none of its own. */
function nameOf(one: Reflection): string {
  const names: string[] = []
  for (let at: Reflection | null = one; at?.parent; at = at.parent)
    if ((at.kind & SIGNATURES) === 0 && at.kind !== KIND.literal) names.unshift(at.name.slice(0, 200))
  return names.slice(-10).join('.')
}

function placeOf({ json, parent }: Reflection): Pick<Counted, 'path' | 'line'> {
  const [source] = (arrayAt(json, 'sources') ?? arrayAt(parent?.json ?? {}, 'sources') ?? []).filter(isObject)
  const [path, line] = [source && field(source, 'fileName'), source && field(source, 'line')]
  return { path: typeof path === 'string' ? path.slice(0, 1000) : null, line: Number.isInteger(line) ? Number(line) : null }
}
