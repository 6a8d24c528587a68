// The committed bundle: whole, of this version, usable from anywhere, with types that help and refuse.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import ts from 'typescript'
import { finished, unpackAction } from '../support/runner.ts'

const ENTRIES = ['dist/main.js', 'dist/cli.js', 'dist/certify.js']
const chunks = readdirSync('dist/chunks').map((name) => `dist/chunks/${name}`)
const pack = JSON.parse(readFileSync('package.json', 'utf8'))

/** Files that a file requires, at once or later. */
function imported(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const named = [...text.matchAll(/\(["'](\.{1,2}\/[\w./-]+\.c?js)["']\)/g)].map((m) => m[1]!)
  return named.map((path) => relative('.', resolve(dirname(file), path)))
}

function reached(): Set<string> {
  const seen = new Set<string>()
  const open = [...ENTRIES]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    open.push(...imported(file))
  }
  return seen
}

let action: string
beforeAll(() => {
  action = unpackAction()
})
afterAll(() => rmSync(action, { recursive: true }))

function node(...args: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'certify-empty-'))
  return finished(process.execPath, args, { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd } })
}

describe('dist/', () => {
  it('holds every file that an entry can reach', () => {
    const files = reached()
    expect([...files].filter((file) => !existsSync(file))).toEqual([])
    expect(files.size).toBeGreaterThan(ENTRIES.length + 5)
  })

  it('has chunks that each load where nothing else is installed', async () => {
    const program = `for (const chunk of ${JSON.stringify(chunks)}) {
      await import(${JSON.stringify(action)} + '/' + chunk).catch((error) => console.log(chunk, error))
    }`
    expect(await node('--input-type=module', '-e', program)).toEqual({ exit: 0, stdout: '', stderr: '' })
  })

  it('is weighed as Node loads it: what a chunk requires at once is all that is counted, and all of it', async () => {
    const { eagerBytes } = (await import(pathToFileURL(resolve('scripts/eager-bytes.mjs')).href)) as {
      eagerBytes: (chunk: string, seen: Set<string>) => number
    }
    const program = `const { statSync } = require('node:fs')
      for (const chunk of ${JSON.stringify(chunks.map((chunk) => resolve(chunk)))}) {
        for (const id of Object.keys(require.cache)) delete require.cache[id]
        require(chunk)
        console.log(Object.keys(require.cache).reduce((sum, id) => sum + statSync(id).size, 0))
      }`
    const { stdout } = await finished(process.execPath, ['-e', program], { cwd: '.', env: { PATH: process.env.PATH ?? '' } })
    const loaded = stdout.trim().split('\n').map(Number)
    expect(chunks.map((chunk) => eagerBytes(chunk, new Set()))).toEqual(loaded)
  })

  it('names no place of the machine that built it', () => {
    for (const file of [...ENTRIES, ...chunks]) expect(readFileSync(file, 'utf8')).not.toContain(process.cwd())
  })
})

describe('dist/cli.js', () => {
  it('is of the version in package.json', async () => {
    const ended = await node(join(action, 'dist/cli.js'), '--version')
    expect(ended).toEqual({ exit: 0, stdout: `certify ${pack.version}\n`, stderr: '' })
  })

  it('can be run by its name: npx starts it as a program', () => {
    expect(pack.bin.certify).toBe('dist/cli.js')
    expect(readFileSync('dist/cli.js', 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  it.each([
    [['explain', 'nothing_like_it', '--json'], 'usage'],
    [['validate', '--config', 'no.yml', '--json'], 'config_missing'],
    [['evaluate', '--json', '--bogus'], 'usage'],
  ])('%j: exit 2, one JSON document on stdout, words on stderr', async (args, code) => {
    const ended = await node(join(action, 'dist/cli.js'), ...args)
    expect(ended.exit).toBe(2)
    expect(JSON.parse(ended.stdout).error.code).toBe(code)
    expect(ended.stderr).toMatch(/^error: .+\n {2}fix: /)
  })
})

describe('the package', () => {
  it('ships what its entries name', () => {
    const named = [pack.bin.certify, pack.exports['.'].types, pack.exports['.'].import].map((path: string) =>
      path.replace('./', ''),
    )
    for (const path of named) {
      expect([path, existsSync(path)]).toEqual([path, true])
      expect(pack.files).toContain(path.split('/')[0])
    }
  })

  it('exports defineCertification, which gives back what it is given', async () => {
    const program = `import { defineCertification } from ${JSON.stringify(join(action, 'dist/certify.js'))}
      process.stdout.write(JSON.stringify(defineCertification({ version: 1, mode: 'advisory' })))`
    expect(await node('--input-type=module', '-e', program)).toEqual({
      exit: 0,
      stdout: '{"version":1,"mode":"advisory"}',
      stderr: '',
    })
  })

  const valid = `import { defineCertification } from 'certify'
export default defineCertification({
  version: 1,
  target: { push: 3 },
  metrics: { test_coverage: { evidence: ['coverage/lcov.info'] } },
  certification_levels: { level_1: { validation_criteria: { test_coverage: '> 95%' } } },
})
`
  it('has types that accept a config, and refuse a wrong key or value', () => {
    const told = diagnostics({
      valid,
      key: valid.replace('evidence:', 'evidnce:'),
      topKey: valid.replace('target:', 'targets:'),
      value: valid.replace('version: 1', "mode: 'enforced'"),
    })
    expect(told).toEqual({
      valid: [],
      key: [expect.stringMatching(/evidnce/)],
      topKey: [expect.stringMatching(/targets/)],
      value: [expect.stringMatching(/enforced/)],
    })
  })
})

/** What TypeScript says of programs that have the package installed and nothing else. */
function diagnostics(programs: Record<string, string>): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'certify-types-'))
  const home = join(folder, 'node_modules/certify')
  mkdirSync(home, { recursive: true })
  cpSync('dist', join(home, 'dist'), { recursive: true })
  cpSync('package.json', join(home, 'package.json'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const fileOf = (name: string): string => join(folder, `${name}.ts`)
  for (const [name, text] of Object.entries(programs)) writeFileSync(fileOf(name), text)
  const checked = ts.createProgram(Object.keys(programs).map(fileOf), {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  })
  const told = ts.getPreEmitDiagnostics(checked)
  const ofFile = (name: string): string[] =>
    told.filter((one) => one.file?.fileName === fileOf(name)).map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'))
  expect(told.filter((one) => one.file === undefined)).toEqual([])
  return Object.fromEntries(Object.keys(programs).map((name) => [name, ofFile(name)]))
}
