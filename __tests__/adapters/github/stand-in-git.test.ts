// The stand-in's git: its ids are git's own, and it refuses what GitHub refuses.
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Clone } from '../../support/clone.ts'
import { GitHub } from '../../support/github/server.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start({ permissions: { contents: 'write' } })
})
afterEach(() => github.stop())

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${github.url}${path.startsWith('/graphql') ? '' : '/repos/acme/shop/git'}${path}`, {
    method,
    headers: { authorization: `Bearer ${github.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}
const entry = (path: string, content: string) => ({ path, mode: '100644', type: 'blob', content })

it("names trees as git does, built on one another, folders among files in git's order", async () => {
  const first = await ask('POST', '/trees', { tree: [entry('a/b/c', '1'), entry('a.b', '2'), entry('a-', '3')] })
  const second = await ask('POST', '/trees', { base_tree: first.body.sha, tree: [entry('a/b/d', '4'), entry('a.b', '5')] })
  const clone = Clone.empty()
  for (const [path, content] of [
    ['a/b/c', '1'],
    ['a.b', '5'],
    ['a-', '3'],
    ['a/b/d', '4'],
  ] as const)
    clone.put(path, content)
  clone.git('add', '--all')
  expect(second.body.sha).toBe(clone.git('write-tree').trim())
  const listed = await ask('GET', `/trees/${second.body.sha}?recursive=1`)
  expect(listed.body.tree.map(({ path }: { path: string }) => path)).toEqual(['a-', 'a.b', 'a', 'a/b', 'a/b/c', 'a/b/d'])
  expect(listed.body.tree[1].sha).toBe(execFileSync('git', ['hash-object', '--stdin'], { input: '5', encoding: 'utf8' }).trim())
})

describe('refs', () => {
  const commit = async (parents: string[]) => {
    const tree = await ask('POST', '/trees', { tree: [entry('x', String(parents))] })
    return (await ask('POST', '/commits', { message: 'm', tree: tree.body.sha, parents })).body.sha as string
  }

  it('come into being once, and move forward only', async () => {
    const [a, other] = [await commit([]), await commit(['f'.repeat(40)])]
    expect(other).toBeUndefined()
    const b = await commit([a])
    const aside = await commit([a])
    expect((await ask('GET', '/ref/heads/l')).status).toBe(404)
    expect((await ask('GET', '/matching-refs/heads/l')).body).toEqual([])
    expect((await ask('POST', '/refs', { ref: 'refs/heads/l', sha: a })).status).toBe(201)
    expect(await ask('POST', '/refs', { ref: 'refs/heads/l', sha: b })).toMatchObject({
      status: 422,
      body: { message: 'Reference already exists' },
    })
    expect((await ask('PATCH', '/refs/heads/l', { sha: b, force: false })).status).toBe(200)
    expect((await ask('PATCH', '/refs/heads/l', { sha: b, force: false })).status).toBe(200)
    expect(await ask('PATCH', '/refs/heads/l', { sha: aside, force: false })).toMatchObject({
      status: 422,
      body: { message: 'Update is not a fast forward' },
    })
    expect((await ask('GET', '/ref/heads/l')).body.object.sha).toBe(b)
    expect((await ask('PATCH', '/refs/heads/m', { sha: b })).body.message).toBe('Reference does not exist')
    expect((await ask('PATCH', '/refs/heads/l', { sha: 'e'.repeat(40) })).body.message).toBe('Object does not exist')
    github.state.rules.set('refs/heads/l', 'Cannot update this protected ref.')
    expect((await ask('PATCH', '/refs/heads/l', { sha: await commit([b]) })).status).toBe(422)
    expect(github.violations).toEqual([])
  })

  it('are none in an empty repository', async () => {
    github.state.git.refs.clear()
    for (const [method, path, body] of [
      ['GET', '/ref/heads/l'],
      ['POST', '/trees', { tree: [entry('a', '')] }],
    ] as const)
      expect(await ask(method, path, body)).toMatchObject({ status: 409, body: { message: 'Git Repository is empty.' } })
  })

  it('are not written with a token that may only read', async () => {
    github.state.permissions = { contents: 'read' }
    expect((await ask('POST', '/refs', { ref: 'refs/heads/l', sha: 'a'.repeat(40) })).status).toBe(403)
  })
})

describe('GraphQL', () => {
  const query = (text: string, variables: Record<string, string> = {}) => ask('POST', '/graphql', { query: text, variables })
  const LOOK =
    'query($e: String!) { repository(owner: "acme", name: "shop") { object(expression: $e) { ... on Blob { text isTruncated } } } }'

  it('answers for an object of the repository', async () => {
    const sha = github.state.git.push('l', { 'a/b': 'hello' })
    expect((await query(LOOK, { e: `${sha}:a/b` })).body).toEqual({
      data: { repository: { object: { text: 'hello', isTruncated: false } } },
    })
    expect((await query(LOOK, { e: `${sha}:a/c` })).body).toEqual({ data: { repository: { object: null } } })
    expect((await query('{ viewer { login } }')).body.data.viewer.login).toBe('github-actions[bot]')
    expect(github.violations).toEqual([])
  })

  it('refuses and records what the schema does not have', async () => {
    expect((await query('{ repository(owner: "acme", name: "shop") { verdict } }')).body.errors).toHaveLength(1)
    expect(github.violations).toEqual([expect.stringContaining('Cannot query field "verdict" on type "Repository"')])
  })

  it('hides what the token may not see', async () => {
    github.state.permissions = {}
    expect((await query(LOOK, { e: 'x' })).body).toMatchObject({
      errors: [{ type: 'FORBIDDEN' }],
      data: { repository: { object: null } },
    })
    expect((await query('{ repository(owner: "acme", name: "other") { id } }')).body).toMatchObject({
      errors: [{ type: 'NOT_FOUND' }],
      data: { repository: null },
    })
    expect(github.violations).toEqual([])
  })
})
