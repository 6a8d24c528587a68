// Reading workflow files, whatever is in them, and finding where they run certify.
import { describe, expect, it } from '@jest/globals'
import { runsAnyway, usesOf, waitedFor } from '../../../src/maintenance/doctor/uses.ts'
import { readWorkflow, type Workflow } from '../../../src/maintenance/doctor/workflow.ts'

const read = (text: string): Workflow => readWorkflow('w.yml', text)!

describe('a workflow', () => {
  it.each([
    ['on: push', ['push']],
    ['on: [push, pull_request]', ['push', 'pull_request']],
    ['on: { push: , merge_group: {} }', ['push', 'merge_group']],
    ['{}', []],
  ])('with %s runs on these events', (on, events) => {
    expect([...read(on === '{}' ? 'jobs: {}' : `${on}\njobs: {}`).events.keys()]).toEqual(events)
  })

  it('has its jobs with what was left out filled in', () => {
    const [job] = read('jobs: { a: { runs-on: x, needs: b, environment: prod, steps: [{ run: y }, 7] } }').jobs
    expect(job).toMatchObject({ id: 'a', name: 'a', needs: ['b'], environment: 'prod', if: null, permissions: null, uses: null })
    expect(job!.steps).toEqual([{ uses: null, run: 'y', with: {}, env: {}, continueOnError: false }])
  })

  it.each([
    [true, true],
    [false, false],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow.
    ['"${{ inputs.lenient }}"', true],
    ['"false"', false],
  ])('with continue-on-error: %s may swallow a failure: %s', (written, swallows) => {
    expect(read(`jobs: { a: { continue-on-error: ${written} } }`).jobs[0]!.continueOnError).toBe(swallows)
  })

  it.each([
    '',
    '7',
    'jobs: [',
    'jobs: 1',
    'a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\njobs: {}',
    'jobs: {}\njobs: {}',
  ])('is none: %j', (text) => {
    expect(readWorkflow('w.yml', text)).toBeNull()
  })

  it('is nobody’s prototype', () => {
    const workflow = read('__proto__: { polluted: 1 }\njobs: { __proto__: { name: x }, a: { with: { __proto__: y } } }')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(workflow.jobs.map(({ id }) => id)).toContain('a')
  })
})

describe('a use of certify', () => {
  it.each([
    ['uses: acme/certify@v1', 'evaluate'],
    ['uses: acme/certify@0123456789012345678901234567890123456789', 'evaluate'],
    ['uses: ./.github/actions/certify', 'evaluate'],
    ['{ uses: acme/certify@v1, with: { command: record } }', 'record'],
    ['run: npx certify evaluate --level 2', 'evaluate'],
    ['run: node vendored/cli.js evaluate', 'evaluate'],
    ['uses: acme/recertify@v1', null],
    ['uses: acme/certify/other@v1', null],
    ['run: echo certify', null],
  ])('as the step %s', (step, command) => {
    const text = `jobs: { a: { steps: [${step.startsWith('{') ? step : `{ ${step} }`}] } }`
    expect(usesOf([read(text)], 'certify').map((use) => use.command)).toEqual(command === null ? [] : [command])
  })

  it.each([
    ['acme/certify/.github/workflows/certify.yml@v1', 'all'],
    ['./.github/workflows/certify.yml', 'all'],
    ['acme/certify/.github/workflows/certify-gate.yml@v1', 'gate'],
    ['acme/certify/.github/workflows/certify-commands.yml@v1', 'commands'],
    ['acme/certify/.github/workflows/certify-else.yml@v1', null],
    ['acme/other/.github/workflows/build.yml@v1', null],
  ])('as the workflow %s', (uses, command) => {
    const found = usesOf([read(`jobs: { a: { uses: "${uses}", with: { name: mine } } }`)], 'certify')
    expect(found.map((use) => [use.command, use.name])).toEqual(command === null ? [] : [[command, 'mine']])
  })

  it('waits for jobs before those it names, in a circle too', () => {
    const text =
      'jobs: { a: { needs: c }, b: { needs: a }, c: { needs: b }, d: {}, e: { needs: [b, gone], steps: [{ uses: x/certify@v1 }] } }'
    const [use] = usesOf([read(text)], 'certify')
    expect(
      waitedFor(use!)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c'])
  })

  it.each([
    ['always()', true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow.
    ['${{ !cancelled() && github.ref }}', true],
    ["always( ) && matrix.node == '24'", true],
    ['success()', false],
    ['failure()', false],
    [null, false],
  ])('with if: %s runs anyway: %s', (condition, runs) => {
    expect(runsAnyway(condition)).toBe(runs)
  })
})
