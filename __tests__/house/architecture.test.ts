// The import table of docs/architecture.md, held by reading every import with the TypeScript API.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'

const ROOT = process.cwd()
const PURE = [
  'config',
  'evidence',
  'history',
  'metrics',
  'levels',
  'gates',
  'validation',
  'certificate',
  'compliance',
  'reporting',
  'automation',
  'maintenance',
]

/** room -> rooms it may import, beside itself. */
const TABLE: Record<string, string[]> = {
  model: [],
  ...Object.fromEntries(PURE.map((room) => [room, ['model']])),
  app: ['model', ...PURE],
  adapters: ['model', 'app/ports.ts', 'app/setup-port.ts', 'app/rendered.ts'],
  compose: ['app', 'adapters', 'model'],
  'main.ts': ['compose'],
  'cli.ts': ['compose'],
  'define.ts': ['config', 'model'],
}

const MAY_HASH = ['config', 'evidence', 'certificate']

interface Import {
  from: string
  to: string
  line: number
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true)
  const found: Import[] = []
  const add = (specifier: ts.Node): void => {
    if (ts.isStringLiteral(specifier)) {
      found.push({
        from: relative(ROOT, file),
        to: specifier.text,
        line: source.getLineAndCharacterOfPosition(specifier.getStart()).line + 1,
      })
    } else {
      throw new Error(`${file}: an import whose target is computed cannot be checked`)
    }
  }
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) add(node.moduleSpecifier)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]!)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function allImports(): Import[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'))
    .flatMap((f) => importsOf(join(ROOT, 'src', f)))
}

/** The room of a path below src/: its first folder, or its own name at the top. */
function roomOf(path: string): string {
  return relative('src', path).split('/')[0]!
}

function target(i: Import): string {
  return relative(ROOT, join(ROOT, dirname(i.from), i.to))
}

function allowed(i: Import): boolean {
  const from = roomOf(i.from)
  const to = target(i)
  const room = roomOf(to)
  return room === from || (TABLE[from] ?? []).some((entry) => entry === room || to === `src/${entry}`)
}

const imports = allImports()
const told = (list: Import[]): string[] => list.map((i) => `${i.from}:${i.line} imports ${i.to}`)

describe('the import table', () => {
  it('reads the imports of a house that has some', () => {
    expect(imports.length).toBeGreaterThan(200)
  })

  it('knows every room', () => {
    expect([...new Set(imports.map((i) => roomOf(i.from)))].filter((room) => TABLE[room] === undefined)).toEqual([])
  })

  it('lets each room import only what the table says', () => {
    expect(told(imports.filter((i) => i.to.startsWith('.') && !allowed(i)))).toEqual([])
  })

  it('keeps the toolkit, Octokit, Node and the network at the rim', () => {
    const pure = imports.filter((i) => ['model', 'app', ...PURE].includes(roomOf(i.from)))
    const rim = pure.filter(
      (i) =>
        i.to.startsWith('@actions/') ||
        i.to.startsWith('@octokit/') ||
        (i.to.startsWith('node:') && !(MAY_HASH.includes(roomOf(i.from)) && ['node:crypto', 'node:zlib'].includes(i.to))),
    )
    expect(told(rim)).toEqual([])
  })
})

describe('purity', () => {
  const pureFiles = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (f) => f.endsWith('.ts') && [...PURE, 'model'].includes(f.split('/')[0]!),
  )

  it('lets no pure room read clock, environment, randomness or console', () => {
    const impure: string[] = []
    for (const f of pureFiles) {
      const source = ts.createSourceFile(f, readFileSync(join(ROOT, 'src', f), 'utf8'), ts.ScriptTarget.ESNext, true)
      const visit = (node: ts.Node): void => {
        const text = ts.isPropertyAccessExpression(node) ? `${node.expression.getText()}.${node.name.text}` : ''
        const clock = ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0
        if (
          clock ||
          text === 'Date.now' ||
          text === 'Math.random' ||
          text.startsWith('console.') ||
          /^process\.(env|argv|cwd|std\w+|hrtime|exit\w*|platform|nextTick)$/.test(text)
        ) {
          impure.push(`src/${f}: ${node.getText().slice(0, 60)}`)
        }
        ts.forEachChild(node, visit)
      }
      visit(source)
    }
    expect(impure).toEqual([])
  })
})

describe('the size of things', () => {
  it('keeps the entries thin', () => {
    const lines = (f: string): number => readFileSync(join(ROOT, f), 'utf8').trimEnd().split('\n').length
    expect(lines('src/main.ts')).toBeLessThanOrEqual(10)
    expect(lines('src/cli.ts')).toBeLessThanOrEqual(10)
  })

  it('keeps every file of src under 250 lines', () => {
    const long = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.ts') && !f.includes('generated/'))
      .map(
        (f) =>
          [
            f,
            readFileSync(join(ROOT, 'src', f), 'utf8')
              .trimEnd()
              .split('\n').length,
          ] as const,
      )
      .filter(([, n]) => n > 250)
    expect(long).toEqual([])
  })
})
