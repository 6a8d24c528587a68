import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type CheckContext, formatCheck, NOTATION, parseCheck } from '../../src/config/check-notation.ts'
import { UNITS, unitOf } from '../../src/model/units.ts'

const CONTEXT: CheckContext = {
  origin: 'certification.yml:7',
  metrics: new Map([
    ['service_reliability', '%'],
    ['test_coverage', '%'],
    ['response_time', 'ms'],
  ]),
}

function parse(text: string, context = CONTEXT) {
  const parsed = parseCheck(text, context)
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem}`)
  return parsed.check
}

function refused(text: string, context = CONTEXT): string {
  const parsed = parseCheck(text, context)
  if (!('problem' in parsed)) throw new Error(`${text} was taken as ${formatCheck(parsed.check)}`)
  return `${parsed.problem} / ${parsed.hint ?? ''}`
}

const EXAMPLES: [string, string][] = [
  ['criterion:test_coverage', 'criterion:test_coverage'],
  ['service_reliability >= 99.9%', 'service_reliability >= 99.9 %'],
  ['response_time < 0.2 s and > 0', 'response_time < 0.2 s and > 0 ms'],
  ['test_coverage >= -0.5pp', 'test_coverage >= -0.5 pp'],
  ['level:service', 'level:service'],
  ['tests.passed:component', 'tests.passed:component'],
  ['tests.count:service >= 20', 'tests.count:service >= 20'],
  ['tests.count:service>=20', 'tests.count:service >= 20'],
  ['tests.count:system > 0 and < 5000', 'tests.count:system > 0 and < 5000'],
  ['tests.count:system != 0', 'tests.count:system != 0'],
  ['evidence:tests', 'evidence:tests'],
  ['issues.closed: 12, #15,12', 'issues.closed:12, 15'],
  ['sub_issues.closed: 7', 'sub_issues.closed:7'],
  ['evidence:coverage:component', 'evidence:coverage:component'],
  ['evidence:security/sast', 'evidence:security/sast'],
  ['evidence:security/container:service', 'evidence:security/container:service'],
  ['file:docs/runbook.md', 'file:docs/runbook.md'],
  ['file: reports/*.html , reports/*.pdf  max_age=30d', 'file:reports/*.html, reports/*.pdf max_age=30d'],
  ['file:a b.txt max_age=90m', 'file:a b.txt max_age=90m'],
  ['file:a.txt max_age=PT36H', 'file:a.txt max_age=36h'],
  ['change.ready', 'change.ready'],
  ['baseline:service', 'baseline:service'],
  ['checklist:pre_certification', 'checklist:pre_certification'],
  ['approval', 'approval'],
  ['go_live', 'go_live'],
  ['manual', 'manual'],
  ['  manual  ', 'manual'],
]

describe('parseCheck and formatCheck', () => {
  it.each(EXAMPLES)('%s is %s, and stays so', (text, canonical) => {
    const check = parse(text)
    expect(formatCheck(check)).toBe(canonical)
    expect(parse(canonical)).toEqual(check)
  })

  it('have an example here and a row in the docs for every check of the list', () => {
    const docs = readFileSync('docs/checks.md', 'utf8')
    const seen = new Set<string>(EXAMPLES.map(([text]) => parse(text).fn))
    for (const [fn, notation] of Object.entries(NOTATION)) {
      if (fn !== 'unbound') expect([...seen]).toContain(fn)
      expect(docs).toContain(`| \`${notation}\` |`)
    }
    expect(formatCheck({ fn: 'unbound' })).toBe('unbound')
  })

  it('say where a limit was written', () => {
    expect(parse('service_reliability >= 99.9%')).toMatchObject({ fn: 'metric', limit: { origin: 'certification.yml:7' } })
  })

  it('hold names against the known ones where these are given', () => {
    const context = { ...CONTEXT, criteria: ['test_coverage'], checklists: ['operational'] }
    expect(parse('criterion:test_coverage', context)).toEqual({ fn: 'criterion', id: 'test_coverage' })
    expect(refused('criterion:test_covrage', context)).toContain('did you mean test_coverage')
    expect(refused('checklist:op', context)).toContain('known: operational')
  })

  it.each([
    ['unbound', 'not a check'],
    ['', 'is not a check'],
    ['test.count:service >= 20', 'did you mean tests.count'],
    ['evidnce:tests', 'did you mean evidence'],
    ['service_reliabilty >= 99%', 'did you mean service_reliability'],
    ['test_coverage', 'against no limit'],
    ['test_coverage >= 200%', 'no percentage'],
    ['test_coverage >= 5 ms', 'is a time'],
    ['test_coverage >= 0.9', 'did you mean 90%'],
    ['level:services', 'did you mean service'],
    ['level:3', 'there is no level'],
    ['level', 'does not say of what'],
    ['tests.passed', 'does not say of what'],
    ['tests.count:service', 'no number'],
    ['tests.count:service 20', 'no number'],
    ['tests.count:service >= 20%', 'not a number of tests'],
    ['tests.count:service >= +20%', 'not a number of tests'],
    ['tests.count:service >= 1.5', 'not a number of tests'],
    ['tests.count:service >= 0', 'without any test'],
    ['tests.count:service < 100', 'without any test'],
    ['tests.count:service == 0', 'without any test'],
    ['tests.count:service != 5', 'without any test'],
    ['evidence:coverag', 'did you mean coverage'],
    ['evidence:security/sats', 'did you mean sast'],
    ['evidence:tests/sast', 'no tests scan'],
    ['evidence:tests:component:x', 'too much'],
    ['evidence:tests:everywhere', 'there is no level'],
    ['file:', 'names no path'],
    ['file:a.txt,,b.txt', 'names no path'],
    ['file:../secret', 'not a path below'],
    ['file:/etc/passwd', 'not a path below'],
    ['file:a\\b', 'not a path below'],
    ['file:a/../../b', 'not a path below'],
    ['file:a.txt max_age=6mo', 'months'],
    ['file:a.txt max_age=30', 'has no unit'],
    ['issues.closed', 'does not say of what'],
    ['issues.closed:', 'no list of issue numbers'],
    ['issues.closed: 12,,15', 'no list of issue numbers'],
    ['issues.closed: 0', 'no list of issue numbers'],
    ['issues.closed: -3', 'no list of issue numbers'],
    ['issues.closed: 1e3', 'no list of issue numbers'],
    ['issues.closed: 99999999999', 'no list of issue numbers'],
    ['sub_issues.closed: 7, 8', 'no number of an issue'],
    ['sub_issues.closed: acme/shop#7', 'no number of an issue'],
    ['manual: yes', 'takes nothing'],
    ['approval >= 1', 'does not belong'],
    ['criterion:', 'there is no criterion'],
    ['criterion:a b', 'there is no criterion'],
    ['constructor >= 1%', 'there is no metric'],
    ['__proto__', 'is not a check'],
  ])('refuse "%s"', (text, why) => {
    expect(refused(text)).toContain(why)
  })

  it('answer hostile text with a short problem', () => {
    for (const text of [
      'a'.repeat(100_000),
      `file:${'a '.repeat(200)}max_age=`,
      `${'a'.repeat(490)} >`,
      `tests.count:${'a'.repeat(400)}`,
      `evidence:${':'.repeat(400)}`,
    ]) {
      expect(refused(text).length).toBeLessThan(700)
    }
  })

  it('spell units as the unit table does', () => {
    for (const { id } of UNITS) expect(unitOf(id)).not.toBeNull()
    const docs = readFileSync('docs/thresholds.md', 'utf8')
    for (const { id } of UNITS) expect(docs).toContain(`\`${id}\``)
  })
})
