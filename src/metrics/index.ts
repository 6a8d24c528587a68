// Every metric family, one line each.
import { approval } from './approval.ts'
import { composite } from './composite.ts'
import { continuity } from './continuity.ts'
import { coverage } from './coverage.ts'
import { documentation } from './documentation.ts'
import type { Metric } from './metric.ts'
import { newCode } from './new-code.ts'
import { performance } from './performance.ts'
import { quality } from './quality.ts'
import { checklist, readiness } from './readiness.ts'
import { reliability } from './reliability.ts'
import { scenario } from './scenario.ts'
import { security } from './security.ts'
import { tests } from './tests.ts'
import { value } from './value.ts'

export const METRICS: readonly Metric[] = [
  coverage,
  tests,
  performance,
  security,
  quality,
  documentation,
  checklist,
  scenario,
  reliability,
  readiness,
  approval,
  value,
  composite,
  continuity,
  newCode,
]
