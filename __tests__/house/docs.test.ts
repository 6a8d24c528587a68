// Documents that repeat a fact of the code are held to it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { quotedIn } from '../../src/gates/evidence-code.ts'
import { resolved } from '../support/resolving.ts'

describe('docs/limits.md', () => {
  it('lists every limit with its default', () => {
    const rows = [...readFileSync('docs/limits.md', 'utf8').matchAll(/^\| (\w+) \| (\d+) \|/gm)].map((m) => [m[1], Number(m[2])])
    expect(Object.fromEntries(rows)).toEqual(DEFAULT_LIMITS)
  })
})

describe('docs/gates.md', () => {
  const page = readFileSync('docs/gates.md', 'utf8')

  it('shows only configuration that is valid', () => {
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => `version: 1\n${match[1]}`)
    expect(blocks.length).toBeGreaterThan(1)
    for (const block of blocks) expect([block, resolved(block).problems]).toEqual([block, []])
  })

  it('links only to what is there', () => {
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => `docs/${match[1]}`)
    expect(links.filter((target) => !exists(target))).toEqual([])
  })

  it('shows an evidence code in the shape that a comment is searched for', () => {
    const [shown] = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(page)!
    expect(quotedIn(`I mean ${shown}`, shown)).toBe('quoted')
  })
})

describe('docs/permissions.md', () => {
  const page = readFileSync('docs/permissions.md', 'utf8')
  const rows = page.split('\n').flatMap((line) => {
    const [, what = '', ...cells] = line.split('|').map((cell) => cell.trim())
    return cells.length === 6 ? [[what, cells] as const] : []
  })
  const granted = (what: RegExp): Record<string, string> => {
    const [name, access] = rows.find(([one]) => what.test(one))!
    const scopes = ['contents', 'actions', 'checks', 'pull-requests']
    // What has no column of its own stands beside the name.
    const beside = [...name.matchAll(/`([\w-]+): (read|write)`/g)].map((match) => [match[1]!, match[2]!])
    return Object.fromEntries([...scopes.map((scope, at) => [scope, access[at]!]).filter(([, level]) => level !== ''), ...beside])
  }
  const jobs = (file: string) => (load(readFileSync(file, 'utf8')) as { jobs: Record<string, { permissions: unknown }> }).jobs

  it.each([
    [/^`command: record`/, 'workflows/certify-record.yml', 'record'],
    [/^gate: preflight/, 'workflows/certify-gate.yml', 'preflight'],
    [/^gate: preflight/, 'workflows/certify-gate.yml', 'wait'],
    [/^gate: confirm/, 'workflows/certify-gate.yml', 'confirm'],
    [/^gate: confirm/, 'workflows/certify-go-live.yml', 'go-live'],
    [/^one step/, 'workflows/certify.yml', 'evaluate'],
    [/^`command: issue`/, 'workflows/certify-issue.yml', 'issue'],
    [/^`command: revoke`/, 'workflows/certify-revoke.yml', 'revoke'],
    [/^`command: recertify`/, 'workflows/certify-recertify.yml', 'recertify'],
    [/^`command: doctor`/, 'workflows/certify-doctor.yml', 'doctor'],
    [/^`certify-commands.yml`/, 'workflows/certify-commands.yml', 'commands'],
    [/^fork pair/, 'examples/fork-pair/.github/workflows/certify-fork.yml', 'report'],
  ])('%s is what %s grants its job %s', (what, file, job) => {
    expect(granted(what)).toEqual(jobs(file)[job]!.permissions)
  })

  it('links only to what is there', () => {
    const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => `docs/${match[1]}`)
    expect(links.length).toBeGreaterThan(1)
    expect(links.filter((target) => !exists(target))).toEqual([])
  })
})

describe('README.md', () => {
  it('shows a workflow of ten lines with the permissions the step needs', () => {
    const workflow = /```yaml\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))![1]!
    expect(workflow.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
    const job = (load(workflow) as { jobs: { certify: { permissions: unknown } } }).jobs.certify
    expect(job.permissions).toEqual({ contents: 'read', actions: 'read', checks: 'write', 'pull-requests': 'write' })
  })

  it('links only to files that are there', () => {
    const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((m) => m[1]!)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((target) => !exists(target))).toEqual([])
  })
})

function exists(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR'
  }
}
