// VEX documents are policy: read where the policy is read, shown, recorded, and never a way to hide what cannot be read.
import { describe, expect, it } from '@jest/globals'
import { evaluate as whole } from '../../src/app/evaluate.ts'
import type { Ports, Subject } from '../../src/app/ports.ts'
import { replay } from '../../src/app/replay.ts'
import { simulate } from '../../src/app/simulate.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { renderSummary } from '../../src/reporting/renderers/summary.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { evaluate } from '../support/evaluated.ts'
import { CONFIG, MemoryLedger, policyOf, ready, recordAt, runOnce } from '../support/ledger/recorded.ts'
import { invocation, ledgerOf, type World, world } from '../support/ports.ts'
import { POLICY, readyFiles, sarif } from '../support/ready-repository.ts'

const FILE = 'security/openvex.json'
const FOUND = { 'reports/semgrep.sarif': sarif([{ rule: 'CVE-2026-1', level: 'error', path: 'a.js', line: 1, message: 'old' }]) }
const naming = (expires = '2026-12-31') =>
  `${POLICY}vex: [{ file: ${FILE}, product: "pkg:oci/shop", owner: security, expires: ${expires} }]\n`

function openvex(status = 'not_affected', justification: string | undefined = 'vulnerable_code_not_present'): string {
  const product = { '@id': 'pkg:oci/shop' }
  const statements = [{ vulnerability: { name: 'CVE-2026-1' }, products: [product], status, justification }]
  return JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', timestamp: '2026-11-01T00:00:00Z', statements })
}

/** The policy's branch by `''`, others by name; the workspace has the reports and what a pull request put there. */
function onGitHub(trusted: Record<string, Record<string, string>>, change: Partial<Ports> = {}, files = {}): World {
  const w = world({ ...readyFiles(), ...FOUND, ...files }, { inAction: true, ...change })
  w.policy.trusted = async (path, branch = '') => ({ text: trusted[branch]?.[path] ?? null, source: path })
  return w
}

const judged = (vex: string | null, policy = naming(), files = {}) =>
  evaluate(invocation(), onGitHub({ '': { [CONFIG]: policy, ...(vex !== null && { [FILE]: vex }) } }, {}, files))

describe('a document of the trusted ref', () => {
  it('suppresses, and everywhere it is shown what was loosened, by whom and until when', async () => {
    const result = await judged(openvex())
    expect(result.decision.verdict).toBe('passed')
    expect(result.config.loosened).toContainEqual(expect.objectContaining({ pointer: '/vex', to: 'until 2026-12-31' }))
    const look = { color: false, width: 100 }
    for (const text of [renderTerminal(result, look), renderSummary(result)]) {
      expect(text).toContain('security/openvex.json')
      expect(text).toContain('2026-12-31')
      expect(text).toContain('1 finding suppressed by')
    }
    expect(renderSummary(result)).toContain('CVE-2026-1')
    expect(JSON.stringify(result)).toMatch(/"findings_suppressed_by_vex".*"owner":"security"/)
  })

  it.each([
    ['affected', undefined],
    ['under_investigation', undefined],
  ])('that says %s suppresses nothing', async (status, why) => {
    const result = await judged(openvex(status, why))
    expect(result.decision.failedCriteria).toEqual(['security_score'])
  })

  it('that has expired suppresses nothing, and it is said', async () => {
    const result = await judged(openvex(), naming('2026-11-01'))
    expect(result.decision.failedCriteria).toEqual(['security_score'])
    expect(JSON.stringify(result.levels)).toContain('"vex_expired"')
  })

  it('without a reason suppresses nothing, and it is said', async () => {
    const result = await judged(openvex('not_affected', ''))
    expect(result.decision.failedCriteria).toEqual(['security_score'])
    expect(result.notices).toContainEqual(expect.objectContaining({ code: 'vex_without_reason', path: FILE }))
  })

  it('is part of the policy: another document is another policy', async () => {
    const [one, again, other] = [await judged(openvex()), await judged(openvex()), await judged(openvex('fixed'))]
    expect(one.config.digest).toBe(again.config.digest)
    expect(one.config.digest).not.toBe(other.config.digest)
  })

  it('is read from the branch that the policy is read from', async () => {
    const listing = `${POLICY}policy_refs: [release/1]\n`
    const trusted = {
      '': { [CONFIG]: listing, [FILE]: openvex('affected') },
      'release/1': { [CONFIG]: naming(), [FILE]: openvex() },
    }
    const change = { branch: { name: 'release/1', isDefault: false } }
    expect((await evaluate(invocation(), onGitHub(trusted, change))).decision.verdict).toBe('passed')
    trusted['release/1'][FILE] = openvex('affected')
    trusted[''][FILE] = openvex()
    expect((await evaluate(invocation(), onGitHub(trusted, change))).decision.verdict).toBe('failed')
  })
})

describe('what is not to be read', () => {
  it.each<[string, string | null, RegExp]>([
    ['missing', null, /does not exist where the policy is read/],
    ['empty', '', /holds nothing/],
    ['cut off', openvex().slice(0, 90), /cut off/],
    ['another format', '{"runs": []}', /OpenVEX/],
  ])('%s: nothing is suppressed, it is said, and the verdict stands', async (_, text, why) => {
    const result = await judged(text)
    expect(result.decision).toMatchObject({ verdict: 'failed', failedCriteria: ['security_score'] })
    const said = result.notices.find(({ code }) => code === 'vex_unreadable')
    expect(said).toMatchObject({ path: FILE, message: expect.stringMatching(why), hint: expect.any(String) })
  })

  it('a host that does not answer is no reason either way', async () => {
    const w = onGitHub({ '': { [CONFIG]: naming() } })
    const { trusted } = w.policy
    w.policy.trusted = async (path, branch) => {
      if (path === FILE) throw new CertifyError('policy_unreadable', 'the API does not answer')
      return trusted(path, branch)
    }
    const result = await evaluate(invocation(), w)
    expect(result.decision).toMatchObject({ verdict: 'failed', failedCriteria: ['security_score'] })
    expect(JSON.stringify(result.notices)).toContain('the API does not answer')
  })

  it('the workspace: what the judged job has there has no say', async () => {
    const result = await judged(null, naming(), { [FILE]: openvex() })
    expect(result.decision.failedCriteria).toEqual(['security_score'])
    const taken = await judged(openvex('affected'), naming(), { [FILE]: openvex() })
    expect(taken.decision.failedCriteria).toEqual(['security_score'])
  })
})

describe("a pull request's own document", () => {
  const PULL: Partial<Ports> = {
    subject: { ...world({}).subject, event: 'pull_request', pullRequest: 7 } satisfies Subject,
    branch: { name: 'main', isDefault: true },
  }
  const pulled = (head: string | null) => {
    const w = onGitHub({ '': { [CONFIG]: naming(), [FILE]: openvex('affected') } }, PULL)
    w.policy.head = async (path) => (path === FILE ? head : null)
    return evaluate(invocation(), w)
  }

  it('is shown and does not count', async () => {
    const result = await pulled(openvex())
    expect(result.decision.failedCriteria).toEqual(['security_score'])
    expect(result.config.changedInHead).toEqual({ tightened: [], loosened: [expect.stringContaining(FILE)] })
  })

  it.each([
    ['the same', openvex('affected')],
    ['not to be compared', null],
  ])('%s is not shown', async (_, head) => {
    expect((await pulled(head)).config.changedInHead).toBeNull()
  })
})

describe('a record', () => {
  const recorded = async (policy: string, vex: string) => {
    const store = new MemoryLedger()
    await runOnce({ ...ready(FOUND), [CONFIG]: policy, [FILE]: vex }, store)
    return store
  }
  const again = (store: MemoryLedger) =>
    replay(invocation({ command: 'replay', operands: ['1'], json: true }), world({}, { ledger: ledgerOf(store) }))

  it('holds what the document said, so that it replays where there is no document', async () => {
    const store = await recorded(naming(), openvex())
    expect(recordAt(store, 1).data.outcome.verdict).toBe('passed')
    expect(await again(store)).toMatchObject({ exit: 0 })
    const { config } = policyOf(store, recordAt(store, 1).data)
    expect(config.vex).toMatchObject([{ file: FILE, statements: [{ vulnerability: ['CVE-2026-1'], status: 'not_affected' }] }])
  })

  it('of a run whose document could not be read replays too', async () => {
    const store = await recorded(naming(), '{')
    expect(recordAt(store, 1).data.outcome.verdict).toBe('failed')
    expect(await again(store)).toMatchObject({ exit: 0 })
  })

  it('of a policy that names none has none', async () => {
    const store = await recorded(POLICY, openvex())
    expect('vex' in policyOf(store, recordAt(store, 1).data).config).toBe(false)
  })

  it('is judged by a new policy with the documents that this names', async () => {
    const store = await recorded(POLICY, openvex())
    const under = async (vex: string) => {
      const asked = invocation({ command: 'simulate', config: { path: 'new.yml', named: true }, json: true })
      const files = { 'new.yml': naming(), [FILE]: vex }
      return JSON.parse((await simulate(asked, world(files, { ledger: ledgerOf(store) }))).output)
    }
    expect(await under(openvex())).toMatchObject({ released: 1, notReplayable: 0 })
    expect(await under(openvex('affected'))).toMatchObject({ released: 0, unchanged: 1 })
  })
})

it('on a laptop the file beside the policy is read', async () => {
  const { result } = await whole(invocation(), world({ ...ready(FOUND), [CONFIG]: naming(), [FILE]: openvex() }))
  expect(result.decision.verdict).toBe('passed')
})
