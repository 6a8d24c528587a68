// Reading the merged tree while the resolved config is built: typed values with their places, and one list for all problems.
import type { Problem } from '../model/problem.ts'
import { parseDuration, secondsOf } from './calendar.ts'
import type { Layer, Place } from './layer.ts'
import { child, isTree, type Tree, valueAt } from './pointer.ts'

/** Collects; nothing is thrown, so that every problem is told at once. */
export interface Report {
  problems: Problem[]
  notices: Problem[]
}

/** Problems that something is not there. */
const LACKING: readonly string[] = ['missing_key', 'no_limit']

/** A place in the tree. The tree has passed the schema: a value is of its type or missing. */
export class Reader {
  constructor(
    readonly source: Layer,
    readonly report: Report,
    readonly pointer: string,
    /** undefined: not there. */
    readonly value: unknown,
  ) {}

  static of(source: Layer, report: Report, pointer = ''): Reader {
    return new Reader(source, report, pointer, valueAt(source.tree, pointer))
  }

  at(key: string): Reader {
    const { value } = this
    const inner = value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? (value as Tree)[key] : undefined
    return new Reader(this.source, this.report, child(this.pointer, key), inner)
  }

  get key(): string {
    return this.pointer
      .slice(this.pointer.lastIndexOf('/') + 1)
      .replaceAll('~1', '/')
      .replaceAll('~0', '~')
  }

  get place(): Place {
    return this.source.placeOf(this.pointer)
  }

  get origin(): string {
    return this.place.origin
  }

  has(key: string): boolean {
    return this.at(key).value !== undefined
  }

  text(key: string, fallback: string): string {
    const value = this.at(key).value
    return typeof value === 'string' ? value : fallback
  }

  /** A word of a closed list: the schema has held it to the list. */
  choice<T extends string>(key: string, fallback: T): T {
    return this.text(key, fallback) as T
  }

  maybe(key: string): string | null {
    const value = this.at(key).value
    return typeof value === 'string' ? value : null
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.at(key).value
    return typeof value === 'boolean' ? value : fallback
  }

  number(key: string, fallback: number): number {
    const value = this.at(key).value
    return typeof value === 'number' ? value : fallback
  }

  /** A list of texts; one text counts as a list of one. */
  texts(key: string): string[] {
    const value = this.at(key).value
    if (typeof value === 'string') return [value]
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
  }

  items(key: string): Reader[] {
    const list = this.at(key)
    const value = list.value
    if (!Array.isArray(value)) return []
    return value.flatMap((item, index) => (item === undefined ? [] : [list.at(String(index))]))
  }

  entries(key: string): Reader[] {
    const group = this.at(key)
    const value = group.value
    return isTree(value) ? Object.keys(value).map((name) => group.at(name)) : []
  }

  /** Seconds; null where it is missing or wrong (the wrong has been told of). Months are refused here. */
  seconds(key: string, bare: 's' | 'm' | 'h' | 'd'): number | null {
    const value = this.at(key).value
    if (value === undefined) return null
    const parsed = parseDuration(value, bare)
    if ('problem' in parsed) return null
    const seconds = secondsOf(parsed.duration)
    if (seconds === null)
      this.at(key).problem('bad_duration', `${key} has months in it, which differ in length`, 'write days: 30d')
    return seconds
  }

  problem(code: string, message: string, hint?: string): void {
    if (LACKING.includes(code) && this.source.isBroken?.(this.pointer) === true) return
    this.report.problems.push(this.told(code, message, hint))
  }

  notice(code: string, message: string, hint?: string): void {
    this.report.notices.push(this.told(code, message, hint))
  }

  private told(code: string, message: string, hint: string | undefined): Problem {
    const { origin, ...place } = this.place
    const from = place.path === undefined && origin !== 'default' ? `${origin}: ` : ''
    return { code, message: from + message, ...(hint === undefined ? {} : { hint }), ...place }
  }
}
