// Which files were asked for by whom: a file that several entries name is read once and speaks for all of them.
import type { SourceFile } from '../evidence/format.ts'
import type { EvidenceClaim } from '../model/evidence.ts'
import type { JsonReading } from '../model/json-reading.ts'
import { LEVEL_IDS } from '../model/level.ts'

export interface Claimed {
  file: SourceFile
  claim: EvidenceClaim
  format: string | null
  /** What each of the entries says of a JSON file that no format knows. */
  json?: readonly JsonReading[]
}

export class Claims {
  private readonly byFile = new Map<string, Claimed>()

  add(file: SourceFile, claim: EvidenceClaim, format: string | null, json?: JsonReading): void {
    const key = keyOf(file)
    const before = this.byFile.get(key)
    const readings = [...(before?.json ?? []), ...(json === undefined ? [] : [json])]
    this.byFile.set(key, {
      file,
      claim: before === undefined ? claim : merge(before.claim, claim),
      format: before?.format ?? format,
      ...(readings.length === 0 ? {} : { json: readings }),
    })
  }

  has(file: SourceFile): boolean {
    return this.byFile.has(keyOf(file))
  }

  list(): Claimed[] {
    return [...this.byFile.values()]
  }
}

function keyOf(file: SourceFile): string {
  const { origin, path } = file
  return JSON.stringify([origin.type === 'workspace' ? null : origin.id, origin.bundle ?? null, path])
}

function merge(a: EvidenceClaim, b: EvidenceClaim): EvidenceClaim {
  const stated = LEVEL_IDS.filter((level) => [a.level, b.level, ...(a.levels ?? []), ...(b.levels ?? [])].includes(level))
  return {
    metrics: [...new Set([...a.metrics, ...b.metrics])],
    level: a.level === b.level ? a.level : null,
    ...(stated.length === 0 || (a.level !== null && a.level === b.level) ? {} : { levels: stated }),
    component: a.component === b.component ? a.component : null,
    discovered: a.discovered && b.discovered,
    committed: a.committed && b.committed,
  }
}
