// A metric's value, and what it rests on. `null` is unknown; there is no default number.
import type { EvidenceRef } from './evidence.ts'
import type { LevelId } from './level.ts'
import type { Reason } from './reason.ts'

/** Why a value is unknown; `known` where there is one. */
export type MetricState = 'known' | 'no_evidence' | 'error' | 'pending' | 'not_applicable'

/** One part of a metric that a reader may want to see: a file, objective, finding group, document, journey. Hostile text. */
export interface MetricPart {
  name: string
  /** pass: fine; short: takes away from the value; unknown: could not be told. */
  state: 'pass' | 'warn' | 'short' | 'unknown'
  /** Of our making, for example `38 of 41 lines`. */
  detail: string
  path: string | null
  /** Line ranges that would need work, for example uncovered lines: [from, to], inclusive. */
  ranges: [number, number][]
  /** What it is, where a step can be made of mending it. */
  kind?: PartKind
  /** Mending it adds so much: in units of the metric's ratio, else in points of its value. */
  lacks?: number
  /** It stops a pass however high the value is. */
  must?: boolean
  /** Of a file: uncovered lines in each of `ranges`, where they are exactly what it lacks. */
  sizes?: number[]
  /** Of a document: each rule that does not hold. Of a failed test: the lines of its message, within 1 KB. */
  lines?: string[]
  /** Of a roll-up: the component it counts for. */
  component?: string
  /** Of a checklist: all items of one of the five domains (`name` is its id), or of one list of it. */
  group?: 'domain' | 'list'
  /** Of a checklist's item: the `name` of the group it belongs to. */
  of?: string
  /** Of a checklist: it holds nothing back, whatever its state is. */
  progress?: true
  /** Of a component in a roll-up, or of a group: its own counts. */
  ratio?: MetricValue['ratio']
}

export type PartKind = 'file' | 'finding' | 'test' | 'objective' | 'document' | 'point' | 'item' | 'component'

export interface MetricValue {
  id: string
  level: LevelId
  state: MetricState
  value: number | null
  unit: string
  /** With this run's numbers put in: `1918 / 2000 lines = 95.9 %`. */
  formula: string
  /** Counts behind a ratio, for the smallest fix; null where it is none. */
  ratio: { good: number; total: number; what: string } | null
  basis: EvidenceRef[]
  reasons: Reason[]
  /** Outcome may not be better than warn: flaky tests and the like. */
  capped: 'warn' | 'fail' | null
  parts: MetricPart[]
  /** What the metric's objectives were held against, for later runs to compare with; the worst of several reports. */
  slis: { sli: string; value: number; unit: string }[]
}
