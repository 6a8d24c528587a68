// What docs/certificate.md gives an auditor to type, typed: by sh, jq and sha256sum on a real ledger's files, without certify.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { revoke } from '../../../src/app/certificate/revoke.ts'
import { sha256 } from '../../../src/certificate/ledger/seal.ts'
import { recordPath } from '../../../src/model/ledger.ts'
import { GateJobs } from '../../support/gate-jobs.ts'
import { lastSeq } from '../../support/ledger/recorded.ts'
import { invocation } from '../../support/ports.ts'

const [ofCertificate, ofChain] = [...readFileSync('docs/certificate.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, text]) => text!,
)

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const lacking = ['sh', 'jq', 'sha256sum'].filter((program) => !has(program))
if (lacking.length > 0)
  console.warn(`skipped: the auditor's commands, because there is no ${lacking.join(', no ')} on this system`)

;(lacking.length > 0 ? describe.skip : describe)('without certify', () => {
  const jobs = new GateJobs()
  const folder = mkdtempSync(join(tmpdir(), 'certify-auditor-'))
  const ledger = join(folder, 'ledger')
  const run = (script: string): string => execFileSync('sh', ['-c', script], { cwd: ledger, encoding: 'utf8' })
  let id = ''

  beforeAll(async () => {
    await jobs.wentLive()
    const world = () => jobs.world({ defaultBranch: 'main' })
    const made = world()
    id = (await issue(invocation({ command: 'issue' }), made)).outputs!['certificate-id']!
    writeFileSync(
      join(mkdirs(folder), 'certificate.json'),
      made.files.written.get('certify-report/certificate/certificate.json')!,
    )
    await revoke(invocation({ command: 'revoke', certificate: id, reason: 'requested' }), world())
    for (const [path, bytes] of jobs.store.files)
      writeFileSync(join(mkdirs(dirname(join(ledger, path))), path.split('/').at(-1)!), bytes)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('tells what the chain says of a certificate: its own record, and what ended it', () => {
    const lines = run(ofCertificate!).trimEnd().split('\n')
    const digest = sha256(readFileSync(join(folder, 'certificate.json')))
    const seq = lastSeq(jobs.store)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      [seq - 1, 'certificate.issued', digest, id],
      [seq, 'certificate.revoked', 'requested', id],
    ])
  })

  it('tells nothing of a chain that holds, and what was changed in one that does not', () => {
    expect(run(ofChain!)).toBe('')
    const path = join(ledger, recordPath(lastSeq(jobs.store)))
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('"requested"', '"rollback"'))
    expect(run(ofChain!)).toBe(`${recordPath(lastSeq(jobs.store))}: data\n`)
    rmSync(path)
    expect(run(ofChain!)).toBe('head.json: ends elsewhere\n')
    writeFileSync(path, text)
  })
})

function mkdirs(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}
