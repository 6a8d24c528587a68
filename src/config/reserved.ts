// Sections that are read and kept but have no behaviour in this version (decision 8).
import { isTree, type Tree, valueAt } from './pointer.ts'

const SECTIONS: readonly string[] = [
  '/certification_validation/automated_validation/validation_interval',
  '/certification_validation/escalation_process',
  '/certification_validation/rollback_process',
  '/certification_reporting',
  '/certification_automation',
  '/certification_maintenance',
  '/certification_compliance',
  '/ledger/postgres',
  '/ledger/compaction',
  '/ledger/hold_certificates',
  '/metrics_export',
  '/roadmap',
]

function written(tree: Tree): string[] {
  return SECTIONS.filter((pointer) => valueAt(tree, pointer) !== undefined)
}

/** Their names as a person would write them, dotted. */
export function notInForce(tree: Tree): string[] {
  const names = written(tree).map((pointer) => pointer.slice(1).replaceAll('/', '.'))
  return controlled(tree) ? [...names, 'validation_criteria.*.controls'] : names
}

/** The sections as they resolved, by the same names. */
export function reservedOf(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(written(tree).map((pointer) => [pointer.slice(1).replaceAll('/', '.'), valueAt(tree, pointer)]))
}

function controlled(tree: Tree): boolean {
  const levels = valueAt(tree, '/certification_levels')
  return Object.values(isTree(levels) ? levels : {}).some((level) => {
    const criteria = valueAt(level, '/validation_criteria')
    return Object.values(isTree(criteria) ? criteria : {}).some((criterion) => valueAt(criterion, '/controls') !== undefined)
  })
}
