// A GitHub as small as one evaluation of a pull request needs: it answers at once, remembers what was asked and nothing else.
import { createServer } from 'node:http'

const BASE = 'b'.repeat(40)

/** `policy`: text of the file on the default branch and the head. */
export async function startGitHub({ policy, head }) {
  const requests = []
  const answer = answers({ policy, head })
  const server = createServer((request, response) => {
    const parts = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const { pathname } = new URL(request.url, 'http://github')
      requests.push(`${request.method} ${request.url}`)
      const [status, body] = answer(request.method, pathname, Buffer.concat(parts).toString())
      const text = JSON.stringify(body)
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
      response.end(text)
    })
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answers({ policy, head }) {
  const content = Buffer.from(policy)
  const file = { type: 'file', encoding: 'base64', size: content.length, content: content.toString('base64') }
  const repo = { id: 101, full_name: 'acme/shop', fork: false }
  const user = { id: 1, login: 'alice', type: 'User' }
  const pull = {
    number: 7,
    state: 'open',
    draft: false,
    mergeable: true,
    comments: 0,
    user,
    head: { sha: head, ref: 'feature', repo },
    base: { sha: BASE, ref: 'main', repo },
  }
  const comparison = { status: 'ahead', merge_base_commit: { sha: BASE }, files: [], commits: [], total_commits: 1 }
  const bot = { login: 'github-actions[bot]', type: 'Bot' }
  const routes = [
    ['GET', /\/contents\//, () => [200, file]],
    ['GET', /\/git\/matching-refs\//, () => [200, []]],
    ['GET', /\/compare\//, () => [200, comparison]],
    ['GET', /\/jobs$/, () => [200, { total_count: 0, jobs: [] }]],
    ['GET', /\/pulls\/7$/, () => [200, pull]],
    ['GET', /\/check-runs$/, () => [200, { total_count: 0, check_runs: [] }]],
    ['POST', /\/check-runs$/, (body) => [201, { ...JSON.parse(body), id: 5, app: { slug: 'github-actions' } }]],
    ['GET', /\/issues\/7\/comments$/, () => [200, []]],
    [
      'POST',
      /\/issues\/7\/comments$/,
      (body) => [201, { ...JSON.parse(body), id: 9, user: bot, created_at: '2026-01-01T00:00:00Z' }],
    ],
  ]
  return (method, pathname, body) => {
    const route = routes.find(([of, path]) => of === method && path.test(pathname))
    return route === undefined ? [404, { message: 'Not Found' }] : route[2](body)
  }
}
