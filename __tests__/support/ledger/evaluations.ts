// Records of evaluations as history reads them, without anything having been judged: a branch's past made in one line.
import { canonical, headOf, headText, seal } from '../../../src/certificate/ledger/seal.ts'
import { EVALUATION, type EvaluationData, type RecordedFacts } from '../../../src/model/evaluation.ts'
import { EMPTY_HEAD, HEAD_PATH, recordPath } from '../../../src/model/ledger.ts'
import { draft, NOW } from './drafts.ts'
import { MemoryLedger } from './memory.ts'

/** Facts enough to say that it was judged; nothing here is judged again. */
const JUDGED = { files: [] } as unknown as RecordedFacts

export function evaluationData(seq: number, change: Partial<EvaluationData> = {}): EvaluationData {
  const commit = seq.toString(16).padStart(40, '0')
  return {
    schema: EVALUATION,
    tool: { name: 'certify', version: '1.0.0' },
    name: 'certify',
    evaluatedAt: new Date(NOW.getTime() + seq * 60_000).toISOString(),
    clock: 'system',
    subject: {
      repository: 'acme/shop',
      commit,
      tested: null,
      ref: 'refs/heads/main',
      event: 'push',
      pullRequest: null,
      run: seq,
      attempt: 1,
    },
    branch: 'main',
    main: true,
    earlier: [],
    seen: seq - 1,
    baseline: false,
    policy: null,
    evidenceDigest: `sha256:${'0'.repeat(64)}`,
    result: '0'.repeat(64),
    outcome: {
      verdict: 'passed',
      level: 2,
      target: 2,
      proceed: true,
      pendingFor: null,
      warnings: 0,
      failedCriteria: [],
      reasons: [],
      levels: {},
      gates: {},
      criteria: { test_coverage: { outcome: 'pass', value: 96, unit: '%', baseline: null, delta: null, reasons: [] } },
      formulas: {},
      items: {},
      evidence: {},
      slis: {},
    },
    marks: [],
    facts: JUDGED,
    ...change,
  }
}

/** What `evaluate` would write: each names the runs of its branch and name before it, as far as it would know them. */
export function pastOf(
  count: number,
  of: (seq: number) => Partial<EvaluationData> & { raw?: unknown } = () => ({}),
): MemoryLedger {
  const store = new MemoryLedger()
  const runs = new Map<string, number[]>()
  let head = EMPTY_HEAD
  for (let seq = 1; seq <= count; seq++) {
    const { raw, ...change } = of(seq)
    const known = runs.get(keyOf(evaluationData(seq, change))) ?? []
    const data = evaluationData(seq, { earlier: known.slice(0, 60), ...change })
    if (data.main) runs.set(keyOf(data), [seq, ...known])
    const record = seal(draft(`e${seq}`, raw === undefined ? data : raw), head, new Date(NOW.getTime() + seq * 60_000))
    store.files.set(recordPath(seq), Buffer.from(canonical(record)))
    head = headOf(record)
  }
  store.files.set(HEAD_PATH, Buffer.from(headText(head)))
  return store
}

/** A change that wants to get into the branch. */
export const PULL_REQUEST: Partial<EvaluationData> = { main: false }

function keyOf({ name, branch }: EvaluationData): string {
  return JSON.stringify([name, branch])
}
