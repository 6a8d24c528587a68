// The stand-in itself: it must refuse what GitHub refuses, or no test against it proves anything.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { GitHub } from '../../support/github/server.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start()
})
afterEach(() => github.stop())

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(github.url + path, {
    method,
    headers: { authorization: `Bearer ${github.token}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json().catch(() => null)) as { message?: string } | null,
  }
}

const CHECKS = '/repos/acme/shop/check-runs'
const valid = {
  name: 'n',
  head_sha: 'a'.repeat(40),
  status: 'completed',
  conclusion: 'success',
  output: { title: 't', summary: 's' },
}
const note = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' }

describe('requests outside the description', () => {
  it.each([
    ['an unknown route', 'GET', '/repos/acme/shop/verdicts', undefined, 'GitHub describes no such route'],
    ['a missing property', 'POST', CHECKS, { ...valid, name: undefined }, "must have required property 'name'"],
    ['an unknown property', 'POST', CHECKS, { ...valid, headSha: 'x' }, 'GitHub knows no key "headSha"'],
    [
      'a nested unknown property',
      'POST',
      CHECKS,
      { ...valid, output: { ...valid.output, txt: '' } },
      'GitHub knows no key "txt"',
    ],
    [
      'a value outside its list',
      'POST',
      CHECKS,
      { ...valid, conclusion: 'passed' },
      'must be equal to one of the allowed values',
    ],
    [
      'a summary that is too long',
      'POST',
      CHECKS,
      { ...valid, output: { title: 't', summary: 's'.repeat(65_536) } },
      'must NOT have more than 65535 characters',
    ],
    [
      '51 annotations',
      'POST',
      CHECKS,
      { ...valid, output: { ...valid.output, annotations: Array(51).fill(note) } },
      'must NOT have more than 50 items',
    ],
    [
      'an unknown query parameter',
      'GET',
      `/repos/acme/shop/commits/main/check-runs?name=n`,
      undefined,
      'GitHub knows no parameter "name"',
    ],
    [
      'a query value of the wrong type',
      'GET',
      `/repos/acme/shop/commits/main/check-runs?per_page=many`,
      undefined,
      'must be integer',
    ],
    ['a path value of the wrong type', 'GET', `/repos/acme/shop/pulls/twelve`, undefined, 'must be integer'],
    [
      'a body where none belongs',
      'PATCH',
      `/repos/acme/shop/issues/comments/1`,
      { text: 'x' },
      "must have required property 'body'",
    ],
  ])('%s is recorded and refused', async (_, method, path, body, problem) => {
    const { status } = await ask(method, path, body)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(github.violations.join('\n')).toContain(problem)
  })

  it('a valid request is none of these', async () => {
    expect((await ask('POST', CHECKS, valid)).status).toBe(201)
    expect(github.violations).toEqual([])
  })
})

describe('what a token may do', () => {
  it('names the permission that is missing', async () => {
    github.state.permissions = { checks: 'read' }
    const { status, headers, body } = await ask('POST', CHECKS, valid)
    expect([status, headers.get('x-accepted-github-permissions'), body?.message]).toEqual([
      403,
      'checks=write',
      'Resource not accessible by integration',
    ])
    expect(github.state.checkRuns).toEqual([])
  })

  it('refuses a wrong token, and reading what is private', async () => {
    expect((await ask('GET', '/repos/acme/shop', undefined, { authorization: 'Bearer guess' })).status).toBe(401)
    github.state.permissions = {}
    expect((await ask('GET', '/repos/acme/shop/contents/README.md')).status).toBe(403)
    github.state.private = false
    expect((await ask('GET', '/repos/acme/shop/contents/README.md')).status).toBe(404)
  })

  it('counts the requests that are left', async () => {
    const first = (await ask('GET', '/repos/acme/shop')).headers.get('x-ratelimit-remaining')
    const second = (await ask('GET', '/repos/acme/shop')).headers.get('x-ratelimit-remaining')
    expect(Number(first) - Number(second)).toBe(1)
  })
})

describe('limits that the description does not state', () => {
  it('a comment of more than 65,536 characters is a 422', async () => {
    github.state.addPull(1)
    expect((await ask('POST', '/repos/acme/shop/issues/1/comments', { body: 'x'.repeat(65_536) })).status).toBe(201)
    expect((await ask('POST', '/repos/acme/shop/issues/1/comments', { body: 'x'.repeat(65_537) })).status).toBe(422)
  })

  it('annotations of a later update are added to the earlier ones', async () => {
    const body = (await ask('POST', CHECKS, { ...valid, output: { ...valid.output, annotations: [note] } })).body as {
      id: number
    }
    await ask('PATCH', `${CHECKS}/${body.id}`, { output: { ...valid.output, annotations: [note, note] } })
    expect(github.state.checkRuns[0]?.annotations).toHaveLength(3)
    expect(github.violations).toEqual([])
  })
})
