// VEX documents of the policy: which statement fits a finding, which of several decides, and for how long.
import { describe, expect, it } from '@jest/globals'
import { readVex } from '../../src/evidence/vex.ts'
import type { Finding } from '../../src/model/evidence.ts'
import type { VexEntry } from '../../src/model/vex.ts'
import { codes, configOf, finding, measured, scan } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const OURS = 'pkg:oci/shop'
const left: Partial<Finding> = {
  rule: 'GHSA-aaaa-bbbb-cccc',
  identifiers: ['CVE-2026-1', 'GHSA-aaaa-bbbb-cccc'],
  package: 'left',
  version: '1.0.0',
}

interface Written {
  id?: string
  aliases?: string[]
  products?: unknown
  status?: string
  at?: string
  justification?: string | null
}

const purl = (id: string, ...parts: string[]) => ({
  '@id': id,
  ...(parts.length > 0 && { subcomponents: parts.map((part) => ({ '@id': part })) }),
})

/** By default it is said of package left that CVE-2026-1 does not affect it. */
function statement(written: Written = {}) {
  const {
    id = 'CVE-2026-1',
    aliases,
    products = [purl('pkg:npm/left@1.0.0')],
    status = 'not_affected',
    at,
    justification,
  } = written
  return {
    vulnerability: { name: id, ...(aliases && { aliases }) },
    ...(products !== null && { products }),
    status,
    ...(at && { timestamp: at }),
    ...(justification !== null && { justification: justification ?? 'vulnerable_code_not_in_execute_path' }),
  }
}

function document(...statements: unknown[]): Partial<VexEntry> {
  const text = JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', timestamp: '2026-11-01T00:00:00Z', statements })
  return { statements: readVex('vex.json', text) }
}

function entry(...changes: Partial<VexEntry>[]): VexEntry {
  const base = {
    file: 'vex.json',
    products: [],
    owner: 'security',
    expires: '2026-12-31',
    statements: [],
    sha256: 'a',
    origin: '',
  }
  return Object.assign({}, base, ...changes)
}

const by = (vex: VexEntry[], ...findings: Finding[]) =>
  measured(
    configOf({ family: 'security' }, (it) => {
      it.vex = vex
    }),
    [admitted('a.sarif', 'component', scan(findings.length > 0 ? findings : [finding(left)]))],
  )
/** Whether the finding is suppressed. */
const suppressed = (vex: VexEntry[], change: Partial<Finding> = {}) => {
  const { value } = by(vex, finding({ ...left, ...change }))
  expect([75, 100]).toContain(value)
  return value === 100
}

describe('a statement', () => {
  it.each<[string, Written, boolean]>([
    ['of not affected, with a justification', {}, true],
    ['of fixed needs none', { status: 'fixed', justification: null }, true],
    ['of not affected without any reason', { justification: null }, false],
    ['of not affected with an empty reason', { justification: ' ' }, false],
    ['of affected', { status: 'affected' }, false],
    ['of under investigation', { status: 'under_investigation' }, false],
    ['by another name of it', { id: 'ghsa-AAAA-bbbb-cccc' }, true],
    ['by an alias', { id: 'GO-2026-1', aliases: ['CVE-2026-1'] }, true],
    ['of another vulnerability', { id: 'CVE-2026-11' }, false],
    ['of every version of the package', { products: [purl('pkg:npm/left')] }, true],
    ['of another version of it', { products: [purl('pkg:npm/left@1.0.1')] }, false],
    ['of another package', { products: [purl('pkg:npm/right@1.0.0')] }, false],
    ['of several packages, one of them this', { products: [purl('pkg:npm/right@1.0.0'), purl('pkg:npm/left')] }, true],
    ['of no product', { products: null }, false],
    ['of an empty list of products', { products: [] }, false],
    ['of a product that nobody said to be ours', { products: [purl(OURS)] }, false],
    ['of the package in a product that nobody said to be ours', { products: [purl(OURS, 'pkg:npm/left@1.0.0')] }, false],
  ])('%s', (_, written, value) => {
    expect(suppressed([entry(document(statement(written)))])).toBe(value)
  })

  it.each<[string, Written, boolean]>([
    ['of the whole of it', { products: [purl(OURS)] }, true],
    ['of the package in it', { products: [purl(OURS, 'pkg:npm/left@1.0.0')] }, true],
    ['of another package in it', { products: [purl(OURS, 'pkg:npm/right@1.0.0')] }, false],
    ['of another version of the package in it', { products: [purl(OURS, 'pkg:npm/left@2.0.0')] }, false],
    ['of the package in another product', { products: [purl('pkg:oci/bank', 'pkg:npm/left@1.0.0')] }, false],
    ['of a product that begins alike', { products: [purl('pkg:oci/shopping')] }, false],
    ['of one release of it alone', { products: [purl(`${OURS}@2`)] }, false],
    ['of no product: it takes over that of the policy', { products: null }, true],
  ])('where the policy names the product: %s', (_, written, value) => {
    expect(suppressed([entry({ products: [OURS] }, document(statement(written)))])).toBe(value)
  })

  it('fits no finding whose package is not known, unless it is of the whole product', () => {
    const nowhere = { package: null, version: null }
    expect(suppressed([entry(document(statement({ products: [purl('pkg:npm/left')] })))], nowhere)).toBe(false)
    expect(suppressed([entry({ products: [OURS] }, document(statement({ products: [purl(OURS)] })))], nowhere)).toBe(true)
  })

  it('of a version fits no finding of an unknown one', () => {
    expect(suppressed([entry(document(statement()))], { version: null })).toBe(false)
  })

  it('knows versions of Go with and without their v', () => {
    const go = document(statement({ products: [purl('pkg:golang/golang.org/x/text@v0.3.5')] }))
    expect(suppressed([entry(go)], { package: 'golang.org/x/text', version: '0.3.5' })).toBe(true)
    expect(suppressed([entry(go)], { package: 'golang.org/x/text', version: '0.3.50' })).toBe(false)
  })

  it('says nothing of lint', () => {
    const [lint] = [scan([finding({ ...left, security: false })], { scans: [], tools: ['ESLint'] })]
    const config = configOf({ family: 'quality' }, (it) => {
      it.vex = [entry(document(statement()))]
    })
    expect(measured(config, [admitted('a.json', 'component', lint!)]).value).toBe(75)
  })

  it('leaves all else open', () => {
    expect(by([entry(document(statement()))], finding(left), finding({ ...left, package: 'right' })).value).toBe(75)
  })
})

describe('of several statements about one thing', () => {
  const early = '2026-10-01T00:00:00Z'
  const late = '2026-10-02T00:00:00+02:00'
  const not = (at?: string) => statement(at === undefined ? {} : { at })
  const is = (at?: string, change: Written = {}) => statement({ status: 'affected', ...(at && { at }), ...change })
  it.each<[string, unknown[], boolean]>([
    ['the later takes back', [not(early), is(late)], false],
    ['the later sets aside', [is(early), not(late)], true],
    ['wherever they stand', [is(late), not(early)], false],
    ['of one time the one that leaves it open', [is(early), not(early)], false],
    ['of one time, the other way round', [not(early), is(early)], false],
    ['one of every version is about this one too', [not(early), is(late, { products: [purl('pkg:npm/left')] })], false],
    ['one of another version is not', [not(early), is(late, { products: [purl('pkg:npm/left@2.0.0')] })], true],
    ['one of another vulnerability is not', [not(early), is(late, { id: 'CVE-2026-2' })], true],
    ['a later one without its reason takes back', [not(early), statement({ at: late, justification: null })], false],
    ['one under investigation takes back', [not(early), is(late, { status: 'under_investigation' })], false],
  ])('%s', (_, statements, value) => {
    expect(suppressed([entry(document(...statements))])).toBe(value)
    expect(suppressed(statements.map((one, at) => entry({ file: `${at}.json` }, document(one))))).toBe(value)
  })

  it('one of no known time may be the last', () => {
    const undated = document(is())
    for (const one of undated.statements!) one.saidAt = null
    expect(suppressed([entry(document(not(late))), entry(undated)])).toBe(false)
    const unsure = document(not())
    for (const one of unsure.statements!) one.saidAt = null
    expect(suppressed([entry(document(is(early))), entry(unsure)])).toBe(false)
    expect(suppressed([entry(unsure)])).toBe(true)
  })

  it('other names of the vulnerability count, also where only a statement knows them', () => {
    const ghsa = { rule: 'GHSA-aaaa-bbbb-cccc', identifiers: ['GHSA-aaaa-bbbb-cccc'] }
    const named = statement({ aliases: ['GHSA-aaaa-bbbb-cccc'], at: early })
    expect(suppressed([entry(document(named))], ghsa)).toBe(true)
    expect(suppressed([entry(document(named, is(late)))], ghsa)).toBe(false)
  })
})

describe('the acceptance of a document', () => {
  const until = (expires: string) => [entry({ expires }, document(statement()))]
  it.each<[string, string, boolean]>([
    ['on its last day', '2026-11-22', true],
    ['the day after', '2026-11-21', false],
    ['at the longest', '2027-05-21', true],
    ['a day longer', '2027-05-22', false],
    ['until a day that is none', 'some day', false],
  ])('%s', (_, expires, value) => {
    expect(suppressed(until(expires))).toBe(value)
  })

  it('is said: used, expired or too long, and nothing where it has nothing to say', () => {
    expect(by(until('2026-12-31')).reasons).toEqual([
      {
        code: 'findings_suppressed_by_vex',
        args: { file: 'vex.json', owner: 'security', expires: '2026-12-31', count: 1, names: ['CVE-2026-1 in left'] },
      },
    ])
    expect(codes(by(until('2026-01-01')))).toContain('vex_expired')
    expect(codes(by(until('2036-01-01')))).toContain('vex_too_long')
    expect(codes(by(until('2026-01-01'), finding()))).not.toContain('vex_expired')
  })

  it('that has run out takes back no word that leaves a finding open', () => {
    const [gone] = [entry({ expires: '2026-01-01' }, document(statement({ status: 'affected', at: '2026-11-20T00:00:00Z' })))]
    expect(suppressed([gone, ...until('2026-12-31')])).toBe(false)
  })

  it('counts for none while one of them was not read', () => {
    expect(suppressed([...until('2026-12-31'), entry({ file: 'b.json', sha256: null })])).toBe(false)
  })
})
