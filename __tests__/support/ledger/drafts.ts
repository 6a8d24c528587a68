// Records to be, and what appending them needs of the world, without waiting.
import { createHash } from 'node:crypto'
import type { AppendOptions } from '../../../src/app/ledger/append.ts'
import { sealObject } from '../../../src/certificate/ledger/seal.ts'
import type { Draft } from '../../../src/model/ledger.ts'

export const NOW = new Date('2026-11-20T10:00:00.000Z')

/** The same `name`: the same draft, id and all. */
export function draft(name: string, data: unknown = { name }, change: Partial<Draft> = {}): Draft {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32)
  const sha = createHash('sha1').update(name).digest('hex')
  return { id, type: 'evaluation', repo: 'acme/shop', actor: 'alice', run: { id: 7, attempt: 1 }, sha, data, ...change }
}

/** A draft judged by a policy that lies beside the records. */
export function judged(name: string, policy: unknown): { draft: Draft; objects: Map<string, string> } {
  const object = sealObject(policy)
  return { draft: draft(name, { name, policy: { object: object.sha256 } }), objects: new Map([[object.path, object.text]]) }
}

/** Sleeping takes no time, but is counted: `elapsed` and `slept` tell. */
export function tools(change: Partial<AppendOptions> = {}): AppendOptions & { slept: number[] } {
  const slept: number[] = []
  return {
    clock: { now: () => NOW },
    sleep: async (ms) => void slept.push(ms),
    random: () => 0.5,
    elapsed: () => slept.reduce((sum, ms) => sum + ms, 0),
    slept,
    ...change,
  }
}
