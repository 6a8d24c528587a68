// Every report format that certify reads: one line each, in the order docs/formats.md lists them.
import type { Format } from '../format.ts'
import { checklistMd } from './checklist-md.ts'
import { clover } from './clover.ts'
import { cobertura } from './cobertura.ts'
import { ctrf } from './ctrf.ts'
import { customBenchmark } from './custom-benchmark.ts'
import { goCoverprofile } from './go-coverprofile.ts'
import { hyperfine } from './hyperfine.ts'
import { istanbulFinal } from './istanbul-final.ts'
import { istanbulSummary } from './istanbul-summary.ts'
import { jacoco } from './jacoco.ts'
import { junit } from './junit.ts'
import { k6Summary } from './k6-summary.ts'
import { lcov } from './lcov.ts'
import { npmAuditV2 } from './npm-audit-v2.ts'
import { sarif } from './sarif.ts'
import { trivy } from './trivy.ts'
import { trx } from './trx.ts'

export const FORMATS: readonly Format[] = [
  lcov,
  cobertura,
  jacoco,
  clover,
  goCoverprofile,
  junit,
  trx,
  istanbulSummary,
  istanbulFinal,
  ctrf,
  sarif,
  npmAuditV2,
  trivy,
  k6Summary,
  customBenchmark,
  hyperfine,
  checklistMd,
]
