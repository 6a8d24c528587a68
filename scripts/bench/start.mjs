// Rows about a start: a whole step of the Action on the smallest valid input, and what it asks GitHub for.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startGitHub } from './github.mjs'
import { inTurns, peakOf, run } from './programs.mjs'
import { makeClone, POLICY, stepOf } from './runner.mjs'

const EMPTY = { args: [resolve('scripts/bench/floors/empty.cjs')] }
const INPUT = 'one LCOV, one JUnit'
/** A start is short, so each is a small part of what else the machine does: more of them cost little. */
export const TIMES_RUNS = 3

/** Neither the Action's policy nor its facts can be had without the API: a dry run on a push asks and writes least. */
const SUMMARY_ONLY = { event: 'push', inputs: { 'DRY-RUN': 'true' } }
const POSTED = { event: 'pull_request' }

export const START_ROWS = [
  startRow('start, step summary only', SUMMARY_ONLY, { ratio: 3 }),
  startRow('start, check and comment posted', POSTED, { ratio: 4, memory: 65 }),
  requestsRow("API requests of it, without the ledger's", ({ asked }) => asked.filter((one) => !isLedger(one)), { requests: 8 }),
  requestsRow("API requests of it, the ledger's", ({ asked }) => asked.filter(isLedger), {}),
  requestsRow('API requests of it, repeated', ({ asked }) => asked.filter((one, at) => asked.indexOf(one) !== at), {
    requests: 0,
  }),
]

function startRow(what, step, goals) {
  return {
    what,
    input: INPUT,
    floor: 'empty Node',
    goals,
    measure: ({ folder, action, runs }) =>
      withStep({ folder, action }, step, async ({ program }) => {
        const { own, floor } = await inTurns({ own: program, floor: EMPTY }, TIMES_RUNS * runs)
        return { seconds: own, floorSeconds: floor, ratio: own / floor, memory: await peakOf(program, folder) }
      }),
  }
}

function requestsRow(what, counted, goals) {
  return {
    what,
    input: INPUT,
    goals,
    measure: ({ folder, action }) =>
      withStep({ folder, action }, POSTED, async ({ program, asked }) => {
        await run(program)
        if (asked.filter((one) => one.startsWith('POST')).length !== 2)
          throw new Error(`check and comment were not posted: ${asked}`)
        return { requests: counted({ asked }).length }
      }),
  }
}

function isLedger(request) {
  return /certify-ledger/.test(request)
}

async function withStep({ folder, action }, step, work) {
  const home = join(folder, 'home')
  mkdirSync(home)
  const clone = makeClone(join(home, 'workspace'))
  const github = await startGitHub({ policy: POLICY, head: clone.head })
  try {
    return await work({ program: stepOf({ ...step, action, clone, home, url: github.url }), asked: github.requests })
  } finally {
    github.close()
  }
}
