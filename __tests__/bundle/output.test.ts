// What a program writes reaches whoever reads it, however slowly, and a reader that leaves early changes nothing of how it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { finished, unpackAction } from '../support/runner.ts'

/** More than a pipe holds: 64 KiB. */
const NAMES = Array.from({ length: 300 }, (_, at) => `TEST-${at}.xml`)

let action: string
let folder: string
beforeAll(() => {
  action = unpackAction()
  folder = mkdtempSync(join(tmpdir(), 'certify-output-'))
  for (const name of NAMES)
    writeFileSync(join(folder, name), '<testsuite name="a" tests="1"><testcase classname="a" name="b"/></testsuite>\n')
})
afterAll(() => {
  for (const one of [folder, action]) rmSync(one, { recursive: true })
})

/** The output as `through` leaves it, and what the program says and ends with. */
async function piped(through: string): Promise<{ exit: number; stdout: string; stderr: string }> {
  const program = `"$NODE" "$CLI" inspect --json ${NAMES.join(' ')}`
  const env = { PATH: process.env.PATH ?? '', HOME: folder, NODE: process.execPath, CLI: join(action, 'dist/cli.js') }
  const { stdout, stderr } = await finished('sh', ['-c', `{ ${program}; echo "exit $?" >&2; } ${through}`], { cwd: folder, env })
  const [, said, exit] = /^(.*)exit (\d+)\n$/s.exec(stderr)!
  return { exit: Number(exit), stdout, stderr: said! }
}

it('is whole where its reader takes seconds to begin', async () => {
  const { stdout, ...end } = await piped('| { sleep 3; cat; }')
  expect(end).toEqual({ exit: 0, stderr: '' })
  expect(stdout.length).toBeGreaterThan(100_000)
  expect(JSON.parse(stdout)).toHaveLength(NAMES.length)
})

it('ends as it would have where its reader leaves early, without a stack trace', async () => {
  expect(await piped('| head -c 100')).toMatchObject({ exit: 0, stderr: '' })
})

const full = process.platform === 'linux' ? it : it.skip
if (process.platform !== 'linux') console.warn('skipped: output to a full disk, because /dev/full is of Linux alone')

full('fails and says why where it cannot be written', async () => {
  const { exit, stderr } = await piped('> /dev/full')
  expect({ exit, stderr }).toEqual({
    exit: 2,
    stderr: expect.stringMatching(/^error: the output cannot be written: .*ENOSPC.*\n$/),
  })
})
