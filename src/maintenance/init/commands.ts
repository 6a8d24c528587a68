// Where commands write their reports, read off their flags: in scripts, workflows, and what package.json runs.
import type { Kind } from '../../model/evidence.ts'

const PATH = String.raw`["']?([\w.$\{}*\/-]+)["']?`

/** Each flag with what it writes; `null`: the file's name tells. */
const FLAGS: readonly [RegExp, Kind | null][] = [
  [new RegExp(`--junit-?xml[= ]${PATH}`, 'g'), 'tests'],
  [new RegExp(`--junitfile[= ]${PATH}`, 'g'), 'tests'],
  [new RegExp(String.raw`--outputFile(?:\.junit)?[= ]${PATH}`, 'g'), null],
  [new RegExp(`--test-reporter-destination[= ]${PATH}`, 'g'), null],
  [new RegExp(`--cov-report[= ](?:xml|lcov):${PATH}`, 'g'), 'coverage'],
  [new RegExp(String.raw`\bcoverage (?:xml|lcov)\b[^\n;&|]*? -o[= ]?${PATH}`, 'g'), 'coverage'],
  [new RegExp(`-coverprofile[= ]${PATH}`, 'g'), 'coverage'],
  [new RegExp(String.raw`--(?:lcov|cobertura)\b[^\n;&|]*? --output-path[= ]${PATH}`, 'g'), 'coverage'],
  [new RegExp(`--summary-export[= ]${PATH}`, 'g'), 'performance'],
  [new RegExp(String.raw`\bhyperfine\b[^\n;&|]*? --export-json[= ]${PATH}`, 'g'), 'performance'],
  [new RegExp(String.raw`\bnpm audit\b[^\n;&|]*? --json[^\n;&|>]*> ?${PATH}`, 'g'), 'security'],
  [new RegExp(String.raw`\bsarif\b[^\n;&|]*? (?:--output|--output-file|--report-path|--out|-o|-r)[= ]${PATH}`, 'gi'), 'security'],
  [/\b(?:--output|--output-file|--out|-o)[= ]["']?([\w.${}*/-]+\.sarif)["']?/g, 'security'],
]

/** By what a report of its kind is usually called; null: nothing tells. */
export function kindOfName(path: string): Kind | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  if (/\.sarif(?:\.json)?$|^npm-audit\.json$|^trivy[\w.-]*\.json$/.test(name)) return 'security'
  if (/lcov|cobertura|clover|jacoco|^cov(?:er|erage)[\w.-]*\.(?:xml|out|json)$/.test(name)) return 'coverage'
  if (/junit|^test-|\.trx$|^ctrf|test-?results/.test(name)) return 'tests'
  if (/k6|hyperfine|^benchmarks?\.json$/.test(name)) return 'performance'
  return null
}

/** Reports that the text's commands write. What depends on a variable becomes a glob where enough of the path is left. */
export function reportsIn(text: string): { path: string; kind: Kind }[] {
  const lines = text
    .slice(0, 200_000)
    .replace(/\\\r?\n\s*/g, ' ')
    .split('\n')
  const joined = lines.map((line) => line.slice(0, 2000)).join('\n')
  const found = new Map<string, Kind>()
  for (const [flag, kind] of FLAGS) {
    for (const match of joined.matchAll(flag)) {
      const path = written(match[1]!)
      const told = kind ?? (path === null ? null : kindOfName(path))
      if (path !== null && told !== null && !found.has(path)) found.set(path, told)
    }
  }
  return [...found].map(([path, kind]) => ({ path, kind }))
}

/** A path below the repository, its variables as `*`; null where it lies elsewhere or nothing fixed is left of its folders. */
export function written(raw: string): string | null {
  const path = raw.replace(/\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\w+/g, '*').replace(/^\.\//, '')
  if (!/^[\w.*/-]{1,200}$/.test(path) || path.startsWith('/') || path.startsWith('-') || path.split('/').includes('..'))
    return null
  if (!/\.\w+$/.test(path)) return null
  return path.startsWith('*') ? null : path
}
