// CERTIFICATION_* variables as settings: the names and types are those the schema annotates with x-env.

import { nearest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { parseDuration } from './calendar.ts'
import { type Layer, meantOf, settingOf } from './layer.ts'
import { bareUnit, framework } from './meanings.ts'
import { followed, type Variable, variables } from './rules.ts'
import { shown } from './secrets.ts'

export interface Setting {
  variable: string
  pointer: string
  value: unknown
  /** What holds where the key is not written. */
  otherwise: unknown
  layer: Layer
}

export interface Settings {
  settings: Setting[]
  problems: Problem[]
  notices: Problem[]
}

const PREFIX = 'CERTIFICATION_'

/** What a list of names switches on (and, unnamed, off). */
const SWITCHES: Record<string, Record<string, string>> = {
  CERTIFICATION_REPORTING_DISTRIBUTION: {
    email: 'email',
    slack: 'slack',
    webhook: 'webhook',
    sms: 'sms',
    dashboard: 'dashboard',
  },
  CERTIFICATION_AUTOMATION_TRIGGERS: { deployment: 'deployment_trigger', time: 'time_trigger', manual: 'manual_trigger' },
}

/** In the order of the schema; an empty variable is an unset one. */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): Settings {
  const found: Settings = { settings: [], problems: [], notices: [] }
  // Where none is set, the schema need not be searched for their names. Windows does not tell apart how they are written.
  if (!Object.keys(env).some((name) => name.toUpperCase().startsWith(PREFIX))) return found
  for (const variable of variables()) {
    const text = env[variable.name]?.trim()
    if (text === undefined || text === '') continue
    const read = SWITCHES[variable.name] === undefined ? settingValue(text, variable) : switched(text, variable)
    if ('problem' in read)
      found.problems.push({
        code: 'bad_variable',
        message: `${variable.name} is ${shown(text)}: ${read.problem}`,
        ...hinted(read.hint),
      })
    else
      found.settings.push({
        variable: variable.name,
        pointer: variable.pointer,
        value: read.value,
        otherwise: variable.rule.default,
        layer: settingOf(variable.pointer, read.value, variable.name),
      })
  }
  const known = variables().map((variable) => variable.name)
  const unknown = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.includes(name))
  for (const name of unknown.sort().slice(0, 20)) {
    found.notices.push({
      code: 'unknown_variable',
      message: `${name.slice(0, 80)} is set, but no setting has that name`,
      ...hinted(meantOf(name, known)),
    })
  }
  return found
}

function hinted(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint }
}

type Value = { value: unknown } | { problem: string; hint?: string }

const WORDS: Record<string, boolean> = {
  true: true,
  false: false,
  1: true,
  0: false,
  yes: true,
  no: false,
  on: true,
  off: false,
} as Record<string, boolean>

function settingValue(text: string, { rule }: Variable): Value {
  if (rule['x-meaning'] === 'duration') {
    const parsed = parseDuration(text, bareUnit(rule))
    return 'problem' in parsed ? parsed : { value: /^\d+$/.test(text) ? Number(text) : text }
  }
  if (rule.type === 'boolean') {
    const word = text.toLowerCase()
    return Object.hasOwn(WORDS, word)
      ? { value: WORDS[word] }
      : { problem: 'expected true or false', ...hinted(meantOf(word, Object.keys(WORDS))) }
  }
  if (rule.type === 'integer') return integer(text, rule.minimum ?? 0, rule.maximum ?? Number.MAX_SAFE_INTEGER)
  if (rule.type === 'array') {
    const items = list(text, followed(rule.items ?? {}).enum?.map(String))
    if ('problem' in items || rule.items?.['x-meaning'] !== 'framework') return items
    return (items.value as string[]).map(framework).find((said) => said !== null) ?? items
  }
  return word(text, rule.enum?.map(String) ?? [])
}

function integer(text: string, least: number, most: number): Value {
  const value = Number(text)
  return /^\d{1,15}$/.test(text) && value >= least && value <= most
    ? { value }
    : { problem: `expected a whole number from ${least} to ${most}` }
}

function word(text: string, allowed: readonly string[]): Value {
  if (allowed.includes(text)) return { value: text }
  return { problem: `allowed are ${allowed.join(', ')}`, ...hinted(meantOf(text, allowed)) }
}

function list(text: string, allowed: readonly string[] | undefined): Value {
  const items = text.split(',').map((item) => item.trim())
  const kept = [...new Set(items.filter((item) => item !== ''))]
  const wrong = allowed === undefined ? undefined : kept.find((item) => !allowed.includes(item))
  if (wrong === undefined || allowed === undefined) return { value: kept }
  const meant = nearest(wrong, allowed)
  return {
    problem: `${shown(wrong)} is not one of ${allowed.join(', ')}`,
    ...(meant === null ? {} : { hint: `did you mean ${meant}?` }),
  }
}

/** `email,slack` as { email: { enabled: true }, slack: { enabled: true }, webhook: { enabled: false }, ... }. */
function switched(text: string, variable: Variable): Value {
  const keys = SWITCHES[variable.name]!
  const named = list(text, Object.keys(keys))
  if ('problem' in named) return named
  const on = named.value as string[]
  return { value: Object.fromEntries(Object.entries(keys).map(([name, key]) => [key, { enabled: on.includes(name) }])) }
}
