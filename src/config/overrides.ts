// Variables and inputs on top of the file: what is locked stays, and on a pull request they can only tighten (decision 10).
import type { Config, EventName, Loosening } from '../model/config.ts'
import { longPointer } from './aliases.ts'
import { buildConfig } from './build.ts'
import { levelOf } from './build-evidence.ts'
import type { Setting } from './env.ts'
import { environmentOf, type Layer, settingOf, stacked } from './layer.ts'
import { looseningsOf } from './loosening.ts'
import { isBelow, valueAt } from './pointer.ts'

export interface Stack {
  /** Defaults and files. */
  files: readonly Layer[]
  /** Accepted variables and inputs. */
  settings: readonly Layer[]
}

/** All layers, lowest first; what the files set for the chosen environment only comes right above them. */
export function layersOf(stack: Stack): Layer[] {
  const environment = valueAt(stacked([...stack.files, ...stack.settings]).tree, '/environment')
  const own = stack.files.flatMap((file) => environmentOf(file, String(environment)) ?? [])
  return [...stack.files, ...own, ...stack.settings]
}

/** The config of a stack whose problems, if any, are told elsewhere. */
function quietly(stack: Stack): Config {
  return buildConfig(stacked(layersOf(stack)), { problems: [], notices: [] })
}

/** Applies the settings one by one, so that one refused setting does not take the others with it. */
export function overridden(
  files: readonly Layer[],
  wanted: readonly Setting[],
  mayLoosen: boolean,
): { stack: Stack; ignored: Loosening[] } {
  let stack: Stack = { files, settings: [] }
  const ignored: Loosening[] = []
  for (const setting of wanted) {
    const tree = stacked(layersOf(stack)).tree
    const before = valueAt(tree, setting.pointer) ?? setting.otherwise
    if (JSON.stringify(before) === JSON.stringify(setting.value)) continue
    const next: Stack = { files, settings: [...stack.settings, setting.layer] }
    const refused = isLocked(tree, setting.pointer) ? [lockedOut(setting, before)] : mayLoosen ? [] : looser(stack, next, setting)
    if (refused.length === 0) stack = next
    else ignored.push(...refused)
  }
  return { stack, ignored }
}

function isLocked(tree: unknown, pointer: string): boolean {
  const config = valueAt(tree, '/locked')
  return (
    Array.isArray(config) &&
    config.map((lock) => longPointer(String(lock))).some((lock) => isBelow(pointer, lock) || isBelow(lock, pointer))
  )
}

function lockedOut(setting: Setting, before: unknown): Loosening {
  const say = (value: unknown) => (value === undefined ? 'default' : typeof value === 'string' ? value : JSON.stringify(value))
  return { pointer: setting.pointer, from: say(before), to: `${say(setting.value)} (locked)`, origin: setting.variable }
}

function looser(stack: Stack, next: Stack, setting: Setting): Loosening[] {
  return looseningsOf(quietly(stack), quietly(next), () => setting.variable).map((one) => ({ ...one, origin: setting.variable }))
}

/** The input `level` as a setting of this event's target; null where it is none. */
export function levelInput(level: string, event: EventName): Setting | null {
  const id = levelOf(/^[1-4]$/.test(level) ? Number(level) : level)
  if (id === null) return null
  const pointer = `/target/${event}`
  return { variable: 'input level', pointer, value: id, otherwise: undefined, layer: settingOf(pointer, id, 'input level') }
}
