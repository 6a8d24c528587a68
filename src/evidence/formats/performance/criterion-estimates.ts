// Criterion.rs' estimates.json: the statistics of one benchmark, whose name is that of the folder it lies in.
import type { PerformanceMetric } from '../../../model/evidence.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { asCount, asObject, field, inside, objectAt } from '../../scan/json-fields.ts'

const ESTIMATES = ['mean', 'median', 'std_dev', 'median_abs_dev'] as const

/**
 * `target/criterion/GROUP/BENCHMARK/new/estimates.json`, one file a benchmark.
 * - `NAME.mean`, `.median`, `.std_dev`, `.median_abs_dev` and, where Criterion measured it, `.slope` (its own headline): the point
 *   estimates, in ns. A benchmark that measures something else than time says its unit nowhere.
 * - The file does not say what it is of: NAME are the folders between `criterion` and `new`, in which Criterion has replaced
 *   what no file system takes. In another folder than `new` lies a baseline, which may be of any run before: it is `NAME@base`.
 *   Declare the files below `new` alone, and no cached ones.
 * - `change/estimates.json` is no measurement: not recognised. Refused: an estimate that is absent, negative or none.
 */
export const criterionEstimates: Format<'performance'> = {
  id: 'criterion-estimates',
  kind: 'performance',
  title: 'Criterion.rs (JSON)',
  producers: ['`cargo bench` with Criterion.rs: `target/criterion/**`'],
  discovers: ['**/criterion/**/new/estimates.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ['mean', 'median', 'median_abs_dev', 'std_dev'].every((key) => jsonKeys?.has(key) === true) &&
    /"point_estimate"\s*:/.test(text),
  read(source, limits): ReadResult<'performance'> {
    const root = asObject(readJson(source, limits), 'the report')
    const name = nameOf(source.path).slice(0, limits.nameLength)
    const metrics: PerformanceMetric[] = []
    const estimate = (key: string) =>
      inside(
        () => `"${key}"`,
        () => {
          const value = asCount(field(asObject(field(root, key), 'the estimate'), 'point_estimate'), '"point_estimate"')
          metrics.push({ name: name === '' ? key : `${name}.${key}`, value, unit: 'ns' })
        },
      )
    for (const key of ESTIMATES) estimate(key)
    // Without it Criterion took every sample with the same number of iterations.
    if (objectAt(root, 'slope') !== null) estimate('slope')
    return {
      facts: { kind: 'performance', metrics, samples: null, errors: null, events: null, thresholds: [] },
      info: { producer: 'Criterion.rs', commit: null, createdAt: null },
      problems: [],
    }
  },
}

function nameOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  const [run = 'new'] = folders.slice(-1)
  const name = folders.slice(folders.lastIndexOf('criterion') + 1, -1).join('/')
  return name === '' || run === 'new' ? name : `${name}@${run}`
}
