// `certify ledger log | show N | verify | export`: what is recorded, one record whole, whether the chain holds, all of it as a folder.
import { openRecord } from '../certificate/ledger/seal.ts'
import { verifyLedger } from '../certificate/ledger/verify.ts'
import type { LedgerRecord } from '../model/ledger.ts'
import { CertifyError } from '../model/problem.ts'
import { type LogRow, renderLog, renderRecord, renderVerification } from '../reporting/renderers/ledger.ts'
import type { Ended, Invocation } from './invocation.ts'
import { evaluationProblem, isEvaluation } from './ledger/evaluation-shape.ts'
import { backwards, endOf, openLedger, recordBytes } from './ledger/store-of.ts'
import type { Ports } from './ports.ts'

export const LEDGER_WORDS = ['log', 'show', 'verify', 'export'] as const
const LOGGED = 20

export async function ledgerCommand(invocation: Invocation, ports: Ports): Promise<Ended> {
  const [word, number] = invocation.operands
  switch (word) {
    case 'log':
      return log(invocation, ports)
    case 'show':
      return show(number, invocation, ports)
    case 'verify':
      return verify(invocation, ports)
    case 'export':
      return exportTo(invocation, ports)
    default:
      throw new CertifyError(
        'usage',
        word === undefined ? 'ledger needs a word' : `ledger does not know "${word.slice(0, 40)}"`,
        {
          hint: `one of: ${LEDGER_WORDS.join(', ')}`,
        },
      )
  }
}

async function log(invocation: Invocation, ports: Ports): Promise<Ended> {
  const ledger = await openLedger(ports)
  const head = await endOf(ledger)
  const rows: LogRow[] = []
  for await (const record of backwards(ledger, head.seq)) {
    if (rows.push(rowOf(record)) === (invocation.last ?? LOGGED)) break
  }
  const shown = { place: ledger.store.place, records: head.seq, head: head.seq === 0 ? null : head.hash, rows }
  return ended(invocation, 0, shown, (look) => renderLog(shown, look))
}

function rowOf(record: LedgerRecord): LogRow {
  const { header, hash } = record
  const { seq, at, type, sha, actor, run } = header
  const known = isEvaluation(record) && evaluationProblem(record) === null ? record.data : null
  return {
    seq,
    at,
    type,
    hash,
    sha,
    actor,
    run: run?.id ?? null,
    verdict: known?.outcome.verdict ?? null,
    level: known?.outcome.level ?? null,
    branch: known?.branch ?? null,
    pullRequest: known?.main === false ? known.subject.pullRequest : null,
    baseline: known?.baseline === true,
  }
}

async function show(number: string | undefined, invocation: Invocation, ports: Ports): Promise<Ended> {
  if (number === undefined || !/^\d{1,15}$/.test(number))
    throw new CertifyError('usage', 'ledger show needs the number of a record', { hint: 'certify ledger show 12' })
  const ledger = await openLedger(ports)
  const bytes = await recordBytes(ledger, Number(number))
  if (bytes === null)
    throw new CertifyError('no_record', `${ledger.store.place} has no record ${number}`, {
      hint: 'certify ledger log lists them',
    })
  const opened = openRecord(bytes)
  if ('problem' in opened)
    throw new CertifyError('ledger_broken', `record ${number} ${opened.problem}`, {
      hint: 'certify ledger verify checks the whole chain',
    })
  return ended(invocation, 0, opened.value, (look) => renderRecord(opened.value, rowOf(opened.value), look))
}

async function verify(invocation: Invocation, ports: Ports): Promise<Ended> {
  const { store, tip } = await openLedger(ports)
  const files = await store.all(tip.version)
  const found = verifyLedger(files, invocation.expectHead === undefined ? {} : { head: invocation.expectHead })
  return ended(invocation, found.ok ? 0 : 1, found, (look) => renderVerification(found, store.place, look))
}

async function exportTo(invocation: Invocation, ports: Ports): Promise<Ended> {
  if (invocation.out === undefined)
    throw new CertifyError('usage', 'ledger export needs a folder', { hint: 'certify ledger export --out DIR' })
  const { store, tip } = await openLedger(ports)
  const files = await store.all(tip.version)
  // An export that does not verify is still evidence; what it is worth is said with it.
  const found = verifyLedger(files)
  ports.files.writeNew(invocation.out, files)
  const shown = { out: invocation.out, files: files.size, verification: found }
  const output = `${store.place}: ${files.size} files written to ${invocation.out}\n`
  return ended(invocation, found.ok ? 0 : 1, shown, (look) => output + renderVerification(found, invocation.out ?? '', look))
}

function ended(
  invocation: Invocation,
  exit: 0 | 1,
  shown: unknown,
  render: (look: { color: boolean; width: number }) => string,
): Ended {
  const look = { color: invocation.colour, width: invocation.width }
  return { exit, output: invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : render(look), result: null }
}
