// The file name to suggest for a report that is missing: where discovery, or a level's default globs, would find it.
import type { Kind } from './evidence.ts'
import type { LevelId } from './level.ts'

/** null: reports of the kind have no usual name. */
export function usualName(kind: Kind, level: LevelId): string | null {
  const folder = level === 'component' ? '' : `${level}/`
  switch (kind) {
    case 'coverage':
      return `coverage/${folder}lcov.info`
    case 'tests':
      return `reports/${folder}junit.xml`
    case 'performance':
      return `${folder === '' ? '' : `reports/${folder}`}k6-summary.json`
    case 'security':
      return `reports/${folder}results.sarif`
    default:
      return null
  }
}
