// Resolving a config text in a test: a push on the default branch, no variables, unless told otherwise.
import { readFileSync } from 'node:fs'
import type { ConfigInput } from '../../src/config/resolve.ts'
import { resolveConfig } from '../../src/config/resolve.ts'
import type { Config, Resolved } from '../../src/model/config.ts'

export const PATH = '.github/certification.yml'

export function resolved(text: string | null, change: Partial<ConfigInput> = {}): Resolved {
  return resolveConfig({
    text,
    path: PATH,
    source: 'main',
    base: null,
    env: {},
    inputs: {},
    event: 'push',
    mayLoosen: true,
    ...change,
  })
}

/** Throws with the problems where there are any. */
export function configOf(text: string | null, change: Partial<ConfigInput> = {}): Config {
  const { config, problems } = resolved(text, change)
  if (config === null)
    throw new Error(problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`).join('\n'))
  return config
}

/** `line:column code`, in the order told. */
export function problemsOf(text: string | null, change: Partial<ConfigInput> = {}): string[] {
  return resolved(text, change).problems.map((problem) => `${problem.line}:${problem.column} ${problem.code}`)
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/config/${name}`, import.meta.url), 'utf8')
}

/** The variables of the seed, as a shell would export them. */
export function seedVariables(): Record<string, string> {
  const lines = fixture('process.env')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
