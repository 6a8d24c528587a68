// Values whose text must mean something: dates, durations, secrets, schedules, frameworks. Checked in every section, in force or not.

import { nearest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { parseDate, parseDuration } from './calendar.ts'
import type { Place } from './layer.ts'
import type { Tree } from './pointer.ts'
import { walk } from './rules.ts'
import type { SchemaNode } from './schema/node.ts'
import { looksSecret, masked, readSecret } from './secrets.ts'
import { nameOf } from './validate-words.ts'

interface Said {
  code: string
  problem: string
  hint?: string
  /** Only to be told, not to be refused. */
  notice?: boolean
}

export function checkMeanings(tree: Tree, placeOf: (pointer: string) => Place): { problems: Problem[]; notices: Problem[] } {
  const problems: Problem[] = []
  const notices: Problem[] = []
  walk(tree, (rule, value, pointer) => {
    if (value === undefined) return
    const said = check(rule, value)
    if (said === null) return
    const { origin: _, ...place } = placeOf(pointer)
    const target = said.notice === true ? notices : problems
    target.push({
      code: said.code,
      message: `${nameOf(pointer)}: ${said.problem}`,
      ...(said.hint === undefined ? {} : { hint: said.hint }),
      ...place,
    })
  })
  return { problems, notices }
}

const BARE = { s: 's', min: 'm', h: 'h', d: 'd' } as const

export function bareUnit(rule: SchemaNode): 's' | 'm' | 'h' | 'd' | null {
  return rule['x-unit'] === undefined ? null : BARE[rule['x-unit']]
}

function check(rule: SchemaNode, value: unknown): Said | null {
  const meaning = rule['x-meaning']
  if (meaning === 'secret' && typeof value === 'string') return secret(value)
  if (typeof value === 'string' && looksSecret(value)) return literal(value)
  if (meaning === 'date') return bad('bad_date', parseDate(value))
  if (meaning === 'duration') return bad('bad_duration', parseDuration(value, bareUnit(rule)))
  if (meaning === 'cron' && typeof value === 'string') return cron(value)
  if (meaning === 'framework' && typeof value === 'string') return framework(value)
  return null
}

function bad(code: string, parsed: object): Said | null {
  return 'problem' in parsed ? { code, ...(parsed as { problem: string; hint?: string }) } : null
}

function secret(value: string): Said | null {
  const reading = readSecret(value)
  if (reading === 'literal') return literal(value)
  if (reading === 'named') return null
  return {
    code: 'secret_unset',
    problem: 'nothing is filled in here: read as not set',
    hint: 'name a variable: env:NAME',
    notice: true,
  }
}

function literal(value: string): Said {
  return {
    code: 'literal_secret',
    problem: `this looks like a secret (${masked(value)}), and whoever can read the file has it`,
    hint: 'revoke it, keep the new one as a secret, and write env:NAME here',
  }
}

function cron(value: string): Said | null {
  const fields = value.trim().split(/\s+/)
  const form = /^(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?(?:,(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/\d+)?){0,59}$/
  if (fields.length !== 5 || value.length > 200 || !fields.every((field) => form.test(field))) {
    return {
      code: 'bad_schedule',
      problem: `${JSON.stringify(value.slice(0, 80))} is no schedule`,
      hint: 'five fields: minute hour day month weekday',
    }
  }
  const minute = fields[0]!
  if (minute === '*' || /^\*\/[1-4]$/.test(minute)) {
    return {
      code: 'schedule',
      problem: 'GitHub starts a schedule at most every five minutes',
      hint: 'the workflow file decides; this value is compared with it',
      notice: true,
    }
  }
  if (minute !== '0') return null
  return {
    code: 'schedule',
    problem: 'scheduled runs at minute 0 are often late or dropped',
    hint: 'take another minute, such as 17, here and in the workflow file',
    notice: true,
  }
}

const FRAMEWORKS = ['iso27001', 'sox', 'gdpr', 'hipaa', 'soc2', 'owasp', 'nistssdf']

/** null for a framework that is known, or `custom:<name>`. */
export function framework(value: string): Said | null {
  if (/^custom:[a-z0-9-]{1,60}$/.test(value)) return null
  const id = value.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (/^(?:iso(?:iec)?27001(?:2022)?|sox|gdpr|hipaa|soc2|owasp(?:top10)?(?:2021|2025)?|nistssdf(?:11)?)$/.test(id)) return null
  const meant = nearest(id, FRAMEWORKS)
  return {
    code: 'unknown_framework',
    problem: `${JSON.stringify(value.slice(0, 80))} is not a framework known here`,
    hint: meant === null ? `known: ${FRAMEWORKS.join(', ')}, custom:<name>` : `did you mean ${meant}?`,
  }
}
