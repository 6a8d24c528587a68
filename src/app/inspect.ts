// `certify inspect FILE...`: what each report says; nothing is judged.
import { type InspectEntry, inspect, NOTHING } from '../evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import { CertifyError } from '../model/problem.ts'
import { renderInspect } from '../reporting/renderers/inspect.ts'
import { bundled } from './bundles.ts'
import type { Ended, Invocation } from './invocation.ts'
import type { FoundFile, Ports } from './ports.ts'

export async function inspectFiles(invocation: Invocation, ports: Ports): Promise<Ended> {
  if (invocation.operands.length === 0)
    throw new CertifyError('usage', 'inspect needs at least one file', { hint: 'certify inspect coverage/lcov.info' })
  const entries: InspectEntry[] = []
  for (const path of invocation.operands) entries.push(...(await inspectOne(path, ports.files.open(path))))
  const output = invocation.json
    ? `${JSON.stringify(entries, null, 2)}\n`
    : renderInspect(entries, { color: invocation.colour, width: invocation.width })
  return { exit: entries.every((entry) => entry.ok) ? 0 : 1, output, result: null }
}

async function inspectOne(path: string, file: ReturnType<Ports['files']['open']>): Promise<InspectEntry[]> {
  if (!isFile(file)) return [unopened(path, file)]
  if (!bundled(file)) return [inspect(file, DEFAULT_LIMITS)]
  return (await import('../evidence/bundle/inspect.ts')).inspectBundle(file, DEFAULT_LIMITS)
}

function unopened(path: string, file: Exclude<ReturnType<Ports['files']['open']>, FoundFile>): InspectEntry {
  const problem = file === null ? { code: 'not_found', message: 'does not exist' } : { code: file.code, message: file.message }
  return { ...NOTHING, path, problems: [problem] }
}

function isFile(file: ReturnType<Ports['files']['open']>): file is FoundFile {
  return file !== null && 'chunks' in file
}
