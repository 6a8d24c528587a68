// docs/certificate.md: each code that the door refuses with, and inputs that exist.
import { readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { REFUSALS } from '../../src/model/door.ts'

const page = readFileSync('docs/certificate.md', 'utf8')

it('explains every code of a refusal, in the order they are looked at, and no other', () => {
  expect([...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code)).toEqual([...REFUSALS])
})

it('shows steps with inputs that the Action has', () => {
  const { inputs } = load(readFileSync('action.yml', 'utf8')) as { inputs: Record<string, unknown> }
  const [, step] = /```yaml\n(\s+- uses: OWNER\/certify@v1[\s\S]*?)```/.exec(page) ?? []
  const [shown] = load(step ?? '') as { with: Record<string, unknown> }[]
  expect(Object.keys(shown!.with).filter((name) => !Object.hasOwn(inputs, name))).toEqual([])
  expect(shown!.with.command).toBe('verify')
})
