// The workspace adapter on a real folder: what globs find, and what they must never reach.
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import picomatch from 'picomatch'
import { Workspace } from '../../../src/adapters/node/files.ts'

let root: string
let outside: string

function put(path: string, content = 'x'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

function workspace(tracked: string[] = []): Workspace {
  return new Workspace({ root, tracked: () => new Set(tracked) })
}

function paths(globs: string[], limit = 1000): string[] {
  return workspace()
    .find(globs, limit)
    .files.map((f) => f.path)
}

beforeEach(() => {
  const base = mkdtempSync(join(tmpdir(), 'certify-files-'))
  root = join(base, 'workspace')
  outside = join(base, 'outside')
  mkdirSync(root)
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret.xml'), 'secret')
})

describe('finding', () => {
  it('finds a plain path, a star and a double star, each once, sorted', () => {
    put('coverage/lcov.info')
    put('reports/b/junit.xml')
    put('reports/a/junit.xml')
    expect(paths(['coverage/lcov.info', '**/junit*.xml', 'reports/*/junit.xml'])).toEqual([
      'coverage/lcov.info',
      'reports/a/junit.xml',
      'reports/b/junit.xml',
    ])
  })

  it('finds dot folders, and braces and negated classes as users of globs know them', () => {
    put('.reports/a.sarif')
    put('r/a.sarif')
    put('r/a.json')
    expect(paths(['.reports/*.sarif', 'r/*.{sarif,json}'])).toEqual(['.reports/a.sarif', 'r/a.json', 'r/a.sarif'])
  })

  it.each(['.git', 'node_modules', 'vendor'])('never enters %s unless it is named', (folder) => {
    put(`${folder}/x/lcov.info`)
    expect(paths(['**/lcov.info'])).toEqual([])
    expect(paths([`${folder}/**/lcov.info`])).toEqual([`${folder}/x/lcov.info`])
  })

  it('finds a name in any folder as picomatch does, also a file called as a folder that stays closed', () => {
    const all = ['a.json', '.a/a.json', 'x/y/a.json', 'x/a.json.bak', 'x/xa.json', 'x/A.json', 'x/vendor', 'x/-._']
    for (const path of all) put(path)
    for (const glob of ['**/a.json', './**/a.json', '**/A.json', '**/vendor', '**/-._', '**/.a', '**/x', '**/.', '**/..'])
      expect([glob, paths([glob])]).toEqual([
        glob,
        all.filter((path) => picomatch.isMatch(path, glob.replace('./', ''), { dot: true })).sort(),
      ])
    expect(paths(['**/a.json', '**/A.json', '**/*.bak'])).toEqual([
      '.a/a.json',
      'a.json',
      'x/A.json',
      'x/a.json.bak',
      'x/y/a.json',
    ])
  })

  it('does not search deeper than a glob can match', () => {
    put('a/b/c.xml')
    expect(paths(['a/*.xml'])).toEqual([])
    expect(paths(['a/*/*.xml'])).toEqual(['a/b/c.xml'])
  })

  it('refuses more files than the limit, with the fix', () => {
    for (let i = 0; i < 12; i++) put(`r/${i}.xml`)
    expect(() => paths(['r/*.xml'], 10)).toThrow(/more than 10 files/)
  })

  it('says which files git knows', () => {
    put('a.xml')
    put('b.xml')
    expect(
      workspace(['a.xml'])
        .find(['*.xml'], 10)
        .files.map((f) => f.tracked),
    ).toEqual([true, false])
  })

  it.each(['linked/a.xml', 'b.xml', 'c/./a.xml', 'c//a.xml'])('knows a committed file behind %s', (path) => {
    put('c/a.xml')
    symlinkSync('c', join(root, 'linked'))
    symlinkSync('c/a.xml', join(root, 'b.xml'))
    const found = workspace(['c/a.xml', 'linked']).find([path], 10)
    expect(found.files.map((f) => f.tracked)).toEqual([true])
  })
})

describe('finding the whole of what a glob reaches', () => {
  const whole = (glob: string) => workspace().find([glob], 1000, true)

  it('enters every folder', () => {
    const all = ['dist/.git/x', 'dist/app.js', 'dist/node_modules/left/index.js', 'dist/vendor/x.js']
    for (const path of all) put(path)
    expect([whole('dist/**').files.map((f) => f.path), paths(['dist/**'])]).toEqual([all, ['dist/app.js']])
  })

  it('says which folder cannot be listed', () => {
    symlinkSync('dist', join(root, 'dist'))
    expect(whole('dist/**')).toMatchObject({
      files: [],
      unusable: [{ path: 'dist', code: 'unreadable', message: expect.stringMatching(/cannot be listed \(ELOOP\)/) }],
    })
    expect(whole('none/**')).toEqual({ files: [], unusable: [] })
  })

  it('says of a link to a folder that it is not entered, where files in it would match', () => {
    put('made/x.js')
    put('dist/app.js')
    symlinkSync('../made', join(root, 'dist', 'lib'))
    expect(whole('dist/**/*.js')).toMatchObject({
      files: [{ path: 'dist/app.js' }],
      unusable: [{ path: 'dist/lib', code: 'unreadable', message: expect.stringMatching(/link to a folder/) }],
    })
    expect(whole('dist/*.js').unusable).toEqual([])
  })
})

describe('what is not to be had', () => {
  it.each(['../outside/secret.xml', '/etc/passwd', 'a/../../outside/*.xml', 'C:\\x.xml', '~/.ssh/id_rsa', 'a\0b'])(
    'refuses %j',
    (glob) => {
      const found = workspace().find([glob], 10)
      expect(found.files).toEqual([])
      expect(found.unusable.map((u) => u.code)).toEqual(['outside_workspace'])
    },
  )

  it('follows no link out of the workspace, neither to a file nor to a folder', () => {
    symlinkSync(join(outside, 'secret.xml'), join(root, 'link.xml'))
    symlinkSync(outside, join(root, 'folder'))
    const found = workspace().find(['*.xml', 'folder/*.xml', 'folder/secret.xml'], 10)
    expect(found.files).toEqual([])
    expect(found.unusable.map((u) => [u.path, u.code])).toEqual([
      ['folder/secret.xml', 'outside_workspace'],
      ['link.xml', 'outside_workspace'],
    ])
  })

  it('reads a link that stays inside', () => {
    put('real.xml')
    symlinkSync(join(root, 'real.xml'), join(root, 'link.xml'))
    expect(paths(['link.xml'])).toEqual(['link.xml'])
  })

  it('reports a directory where a file was named', () => {
    mkdirSync(join(root, 'lcov.info'))
    expect(workspace().find(['lcov.info'], 10).unusable).toMatchObject([{ path: 'lcov.info', code: 'not_a_file' }])
  })

  it('reports a broken link as unreadable', () => {
    symlinkSync(join(root, 'gone.xml'), join(root, 'link.xml'))
    expect(workspace().find(['link.xml'], 10).unusable).toMatchObject([{ path: 'link.xml', code: 'unreadable' }])
  })

  it('reports a file it may not read, where the system enforces permissions', () => {
    put('a.xml')
    chmodSync(join(root, 'a.xml'), 0o000)
    const found = workspace().find(['a.xml'], 10)
    if (process.getuid?.() === 0)
      expect(found.files).toHaveLength(1) // root reads everything
    else expect(found.unusable).toMatchObject([{ path: 'a.xml', code: 'unreadable' }])
  })
})

describe('reading and writing', () => {
  it('gives the same bytes at each call, also while another file is being read', () => {
    put('a.bin', 'a'.repeat(3_000_000))
    put('b.bin', 'b'.repeat(100))
    const [a, b] = workspace().find(['a.bin', 'b.bin'], 10).files
    let length = 0
    for (const chunk of a!.chunks()) {
      for (const other of b!.chunks()) expect(Buffer.from(other).toString()).toBe('b'.repeat(100))
      expect(chunk.every((byte) => byte === 97)).toBe(true)
      length += chunk.length
    }
    expect(length).toBe(3_000_000)
    expect([...b!.chunks()].map((c) => c.length)).toEqual([100])
  })

  it('reads text up to a bound, and knows an absent file from an unreadable one', () => {
    put('a.yml', 'version: 1\n')
    mkdirSync(join(root, 'dir.yml'))
    expect(workspace().readText('a.yml', 100)).toBe('version: 1\n')
    expect(workspace().readText('none.yml', 100)).toBeNull()
    expect(() => workspace().readText('dir.yml', 100)).toThrow(/directory/)
    expect(() => workspace().readText('a.yml', 3)).toThrow(/at most 3/)
    expect(() => workspace().readText('../outside/secret.xml', 100)).toThrow(/outside/)
  })

  it('writes below the root, creating folders', () => {
    workspace().write('certify-report/result.json', '{}\n')
    expect(workspace().readText('certify-report/result.json', 100)).toBe('{}\n')
  })
})
