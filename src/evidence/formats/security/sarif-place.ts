// Where a SARIF result is: the path of its file below the root, and the lines.
import type { Finding } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { arrayAt, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { lineOf } from './scanner-finding.ts'

/** Folders that are given below other folders: deeper than this nobody goes. */
const DEPTH = 8
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]{0,30}:|[/\\])/i

export function placeOf(result: JsonObject, run: JsonObject, limits: Limits): Pick<Finding, 'path' | 'line' | 'endLine'> {
  const [first] = arrayAt(result, 'locations') ?? []
  const physical = isObject(first) ? objectAt(first, 'physicalLocation') : null
  const artifact = physical && objectAt(physical, 'artifactLocation')
  const path = artifact && pathOf(artifact, run, limits)
  if (path === null) {
    const target = field(result, 'analysisTarget')
    return { path: isObject(target) ? pathOf(target, run, limits) : null, line: null, endLine: null }
  }
  const region = physical && objectAt(physical, 'region')
  const line = lineOf(region && field(region, 'startLine'))
  return { path, line, endLine: lineOf(region && field(region, 'endLine')) ?? line }
}

/** The uri, or that of the artifact it points to by index; `file://` and percent signs undone, forward slashes. */
function pathOf(location: JsonObject, run: JsonObject, limits: Limits): string | null {
  const index = field(location, 'index')
  const listed = typeof index === 'number' && index >= 0 ? (arrayAt(run, 'artifacts') ?? [])[index] : null
  const there = isObject(listed) ? objectAt(listed, 'location') : null
  const own = textAt(location, 'uri', limits)
  const uri = own || (there && textAt(there, 'uri', limits))
  if (!uri) return null
  const base = ABSOLUTE.test(uri) ? '' : baseOf(field(own ? location : there!, 'uriBaseId'), run, limits)
  const path = (base + uri).replace(/^file:\/\/(?:localhost)?(?:\/(?=[A-Za-z]:))?/, '').replaceAll('\\', '/')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The folders between the root and the file. The root itself differs from machine to machine, and is left out. */
function baseOf(id: unknown, run: JsonObject, limits: Limits): string {
  const bases = field(run, 'originalUriBaseIds')
  if (!isObject(bases)) return ''
  let path = ''
  let next = id
  for (let depth = 0; depth < DEPTH && typeof next === 'string'; depth++) {
    const base = field(bases, next)
    if (!isObject(base)) break
    const uri = textAt(base, 'uri', limits)?.slice(0, limits.nameLength) ?? ''
    if (ABSOLUTE.test(uri)) break
    path = uri === '' || uri.endsWith('/') ? uri + path : `${uri}/${path}`
    next = field(base, 'uriBaseId')
  }
  return path
}
