// Credentials that a test or a scanner printed are nowhere: not in the result, the record, the comment or the terminal.
import { describe, expect, it } from '@jest/globals'
import { maskFacts, maskSecrets } from '../../src/evidence/mask.ts'
import { renderComment } from '../../src/reporting/renderers/comment.ts'
import { renderJson } from '../../src/reporting/renderers/json.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { finding, scan, testCase, tests } from '../support/facts.ts'
import { MemoryLedger, ready, runOnce } from '../support/ledger/recorded.ts'
import { junit, sarif } from '../support/ready-repository.ts'

// Put together here, so that no scanner takes this file for a leak.
const SECRETS = [
  ['ghp', 'A1b2'.repeat(9)].join('_'),
  ['github', 'pat', 'A1b2'.repeat(9)].join('_'),
  ['glpat', 'A1b2'.repeat(6)].join('-'),
  ['xoxb', '123456789012', 'A1b2'.repeat(5)].join('-'),
  `AKIA${'A1B2'.repeat(4)}`,
  ['sk', 'A1b2'.repeat(8)].join('-'),
  ['npm', 'A1b2'.repeat(9)].join('_'),
  ['https://acme.webhook.office.com', 'webhookb2', 'A1b2'.repeat(6)].join('/'),
  ['https://hooks.slack.com', 'services', 'T000', 'B000', 'A1b2'.repeat(6)].join('/'),
  ['postgres://shop', 'hunter2secret@db.internal/orders'].join(':'),
]
const core = (secret: string): string => secret.replace(/^.*?(?=A1b2|A1B2|hunter2)/, '').slice(0, 12)

describe('text', () => {
  it.each(SECRETS.map((secret) => [core(secret), secret]))('hides …%s', (_, secret) => {
    const masked = maskSecrets(`could not log in with ${secret} (401), nor with ${secret}`)
    expect(masked).not.toContain(core(secret))
    expect(masked).toMatch(/^could not log in with .*\*\*\*.* \(401\), nor with/)
  })

  it('leaves everything else as it is', () => {
    const text = 'expected "sk-1" to equal ghp, at https://example.org/a:b (skip npm_x) 日本 \ud83d\ude00'
    expect(maskSecrets(text)).toBe(text)
  })

  it('of any length is masked without a hang', () => {
    for (const piece of ['a', 'ghp_', 'a://b', 'sk-', '-----BEGIN ', 'x.webhook.office.com/']) {
      const text = piece.repeat(200_000)
      expect(maskSecrets(text).length).toBeGreaterThan(0)
    }
  })
})

it('messages, traces, titles and why a scan failed are looked through', () => {
  const secret = SECRETS[0]!
  const facts = [
    tests([testCase('a', 'failed', { message: secret, trace: `at ${secret}` })]),
    scan([finding({ title: secret })], { scanFailed: true, failure: `401 with ${secret}` }),
  ]
  expect(JSON.stringify(facts.map(maskFacts))).not.toContain(secret)
})

it('a run in which tests and scanners print them: on no surface, and in no byte of the ledger', async () => {
  const said = SECRETS.map((secret) => `login failed: ${secret}`)
  const files = ready({
    'reports/component/junit.xml': junit(said.map((failure, at) => ({ suite: 'price', name: `case ${at}`, failure }))),
    'reports/semgrep.sarif': sarif(
      said.map((message, line) => ({ rule: 'leak', level: 'error', path: 'src/a.js', line: line + 1, message })),
    ),
  })
  const store = new MemoryLedger()
  const { result, note } = await runOnce(files, store)
  expect(note.state).toBe('recorded')
  const surfaces = {
    json: renderJson(result),
    comment: renderComment(result, { marker: '<!-- m -->' }),
    terminal: renderTerminal(result, { color: false, width: 200, ledger: note }),
    ledger: [...store.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n'),
  }
  for (const text of Object.values(surfaces)) {
    for (const secret of SECRETS) expect(text).not.toContain(core(secret))
  }
  expect(surfaces.json).toContain('login failed: ')
  expect(surfaces.ledger).toContain('login failed: ')
})
