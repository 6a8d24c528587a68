// Which file of the repository a report means: found by itself where there is one answer, never guessed where there are two.
import { describe, expect, it } from '@jest/globals'
import { foldersAround, locate } from '../../src/metrics/report-paths.ts'
import { file } from '../support/facts.ts'

interface Case {
  /** Where the report lies. */
  report?: string
  /** Paths that it writes. */
  writes: string[]
  repository: string[] | null
  wanted: string
  map?: { from: string; to: string }[]
}

/** The path, of those that the report writes, that is taken for the wanted file. */
function meant({ report = 'coverage/lcov.info', writes, repository, wanted, map = [] }: Case) {
  const located = locate([{ path: report, folders: foldersAround(report), files: writes.map((path) => file(path, [1])) }], {
    wanted: [wanted],
    repository: repository === null ? null : new Set(repository),
    map,
  })
  return { found: located.found.get(wanted)!.map((one) => one.path), unclear: located.unclear.get(wanted) }
}

describe('one answer', () => {
  it.each<[string, Case, string]>([
    ['as it is', { writes: ['src/a.ts'], repository: ['src/a.ts'], wanted: 'src/a.ts' }, 'src/a.ts'],
    ['with a dot before it', { writes: ['./src/a.ts'], repository: ['src/a.ts'], wanted: 'src/a.ts' }, './src/a.ts'],
    [
      'in a container',
      { writes: ['/app/src/a.ts', '/app/src/b.ts'], repository: ['src/a.ts', 'src/b.ts'], wanted: 'src/a.ts' },
      '/app/src/a.ts',
    ],
    [
      'on a runner',
      { writes: ['/home/runner/work/shop/shop/index.js'], repository: ['index.js'], wanted: 'index.js' },
      '/home/runner/work/shop/shop/index.js',
    ],
    [
      'on Windows',
      { writes: ['D:\\a\\shop\\shop\\src\\a.ts', 'D:\\a\\shop\\shop\\src\\b.ts'], repository: ['src/a.ts'], wanted: 'src/a.ts' },
      'D:\\a\\shop\\shop\\src\\a.ts',
    ],
    [
      'as an address',
      { writes: ['file:///C:/shop/src/a.ts'], repository: ['src/a.ts'], wanted: 'src/a.ts' },
      'file:///C:/shop/src/a.ts',
    ],
    [
      'by Java package',
      {
        writes: ['com/acme/Cart.java', 'com/acme/Till.java'],
        repository: [
          'src/main/java/com/acme/Cart.java',
          'src/main/java/com/acme/Till.java',
          'src/test/java/com/acme/CartTest.java',
        ],
        wanted: 'src/main/java/com/acme/Cart.java',
      },
      'com/acme/Cart.java',
    ],
    [
      'by Go module',
      {
        writes: ['github.com/acme/shop/main.go', 'github.com/acme/shop/internal/cart.go'],
        repository: ['main.go', 'internal/cart.go', 'internal/cart_test.go'],
        wanted: 'internal/cart.go',
      },
      'github.com/acme/shop/internal/cart.go',
    ],
    [
      'by the package that the report lies in',
      {
        report: 'packages/web/coverage/lcov.info',
        writes: ['src/index.ts'],
        repository: ['src/index.ts', 'packages/web/src/index.ts', 'packages/api/src/index.ts'],
        wanted: 'packages/web/src/index.ts',
      },
      'src/index.ts',
    ],
    [
      'by the package in a container',
      {
        report: 'packages/web/coverage/lcov.info',
        writes: ['/app/src/index.ts', '/app/src/cart.ts'],
        repository: ['packages/web/src/index.ts', 'packages/web/src/cart.ts', 'packages/api/src/index.ts'],
        wanted: 'packages/web/src/index.ts',
      },
      '/app/src/index.ts',
    ],
    [
      'from the root, though the report lies in a package',
      {
        report: 'packages/web/coverage/lcov.info',
        writes: ['packages/web/src/a.ts'],
        repository: ['packages/web/src/a.ts'],
        wanted: 'packages/web/src/a.ts',
      },
      'packages/web/src/a.ts',
    ],
    [
      'by the only file that ends so',
      {
        writes: ['shop/cart.py'],
        repository: ['services/shop/cart.py', 'services/till/cart.py'],
        wanted: 'services/shop/cart.py',
      },
      'shop/cart.py',
    ],
    [
      'beside the folder of the report',
      {
        report: 'packages/web/coverage/lcov.info',
        writes: ['../shared/a.ts'],
        repository: ['packages/shared/a.ts'],
        wanted: 'packages/shared/a.ts',
      },
      '../shared/a.ts',
    ],
    ['without a clone to look into', { writes: ['/app/src/a.ts'], repository: null, wanted: 'src/a.ts' }, '/app/src/a.ts'],
  ])('%s', (_, asked, path) => {
    expect(meant(asked)).toEqual({ found: [path], unclear: undefined })
  })

  it('of two reports, each in its own package', () => {
    const located = locate(
      ['web', 'api'].map((name) => ({
        path: `packages/${name}/coverage/lcov.info`,
        folders: foldersAround(`packages/${name}/coverage/lcov.info`),
        files: [file('src/index.ts', [1], [])],
      })),
      {
        wanted: ['packages/web/src/index.ts'],
        repository: new Set(['packages/web/src/index.ts', 'packages/api/src/index.ts']),
        map: [],
      },
    )
    expect(located.found.get('packages/web/src/index.ts')).toHaveLength(1)
  })
})

describe('no answer', () => {
  it.each<[string, Case]>([
    ['another file of that name', { writes: ['lib/index.ts'], repository: ['index.ts'], wanted: 'index.ts' }],
    [
      'a file of that name from elsewhere, as all others show',
      {
        writes: ['/app/src/a.ts', '/app/src/b.ts', '/app/node_modules/x/index.ts'],
        repository: ['src/a.ts', 'src/b.ts', 'index.ts'],
        wanted: 'index.ts',
      },
    ],
    ['a part of a name that is the same', { writes: ['/app/mysrc/a.ts'], repository: ['src/a.ts'], wanted: 'src/a.ts' }],
    [
      'what may end so, without a clone that knows',
      { writes: ['com/acme/A.java'], repository: null, wanted: 'src/main/java/com/acme/A.java' },
    ],
    ['what leads out of everything', { writes: ['../../../../etc/passwd'], repository: ['passwd2'], wanted: 'passwd2' }],
  ])('%s', (_, asked) => {
    expect(meant(asked)).toEqual({ found: [], unclear: undefined })
  })

  it('two files that end so are said, not chosen from', () => {
    const repository = ['packages/web/src/index.ts', 'packages/api/src/index.ts']
    expect(meant({ writes: ['src/index.ts'], repository, wanted: repository[0]! })).toEqual({
      found: [],
      unclear: { report: 'coverage/lcov.info', name: 'src/index.ts', others: ['packages/api/src/index.ts'] },
    })
  })
})

describe('path_map', () => {
  const repository = ['packages/web/src/index.ts', 'packages/api/src/index.ts']

  it.each([
    [{ from: '/srv/web', to: 'packages/web' }, '/srv/web/src/index.ts'],
    [{ from: '/srv/web/', to: 'packages/web/' }, '/srv/web/src/index.ts'],
    [{ from: 'src', to: 'packages/web/src' }, 'src/index.ts'],
    [{ from: 'C:\\web', to: './packages/web' }, 'C:\\web\\src\\index.ts'],
  ])('%j decides', (map, written) => {
    expect(meant({ writes: [written], repository, wanted: repository[0]!, map: [map] })).toEqual({
      found: [written],
      unclear: undefined,
    })
  })

  it('means whole folders', () => {
    const map = [{ from: '/srv/we', to: 'packages/web' }]
    expect(meant({ writes: ['/srv/web/lib/index.ts'], repository, wanted: repository[0]!, map }).found).toEqual([])
  })
})

it('a report of two hundred thousand files is looked through without a hang', () => {
  const files = Array.from({ length: 200_000 }, (_, at) => file(`/app/src/${at % 500}/${at}.ts`, []))
  const repository = new Set(files.map((one) => one.path.slice(5)))
  const { found } = locate([{ path: 'lcov.info', folders: [''], files }], {
    wanted: ['src/7/7.ts', 'src/8/8.ts'],
    repository,
    map: [],
  })
  expect([...found.values()].map((list) => list.length)).toEqual([1, 1])
})
