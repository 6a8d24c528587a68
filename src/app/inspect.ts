// `certify inspect FILE...`: what each report says; nothing is judged.
import { type InspectEntry, inspect } from '../evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import { CertifyError } from '../model/problem.ts'
import { renderInspect } from '../reporting/renderers/inspect.ts'
import type { Ended, Invocation } from './invocation.ts'
import type { FoundFile, Ports } from './ports.ts'

export function inspectFiles(invocation: Invocation, ports: Ports): Ended {
  if (invocation.operands.length === 0)
    throw new CertifyError('usage', 'inspect needs at least one file', { hint: 'certify inspect coverage/lcov.info' })
  const entries = invocation.operands.map((path) => inspectOne(path, ports.files.open(path)))
  const output = invocation.json
    ? `${JSON.stringify(entries, null, 2)}\n`
    : renderInspect(entries, { color: invocation.colour, width: invocation.width })
  return { exit: entries.every((entry) => entry.ok) ? 0 : 1, output, result: null }
}

function inspectOne(path: string, file: ReturnType<Ports['files']['open']>): InspectEntry {
  if (isFile(file)) return inspect(file, DEFAULT_LIMITS)
  return {
    path,
    ok: false,
    format: null,
    kind: null,
    producer: null,
    sha256: null,
    bytes: null,
    problems: [{ code: file === null ? 'not_found' : file.code, message: file === null ? 'does not exist' : file.message }],
  }
}

function isFile(file: ReturnType<Ports['files']['open']>): file is FoundFile {
  return file !== null && 'chunks' in file
}
