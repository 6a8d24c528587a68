// Which old report a newer one takes the place of, where a certified commit is judged again.
import { expect, it } from '@jest/globals'
import { replacedBy } from '../../../src/app/certificate/rejudge.ts'
import type { Admitted } from '../../../src/model/evidence.ts'
import { scan, tests } from '../../support/facts.ts'
import { admitted } from '../../support/judged.ts'

const sarif = (path: string, change: Partial<Admitted> = {}): Admitted => ({ ...admitted(path, 'component', scan()), ...change })
const made = (createdAt: string) => ({ info: { ...sarif('x').info, createdAt } })
const paths = (newer: Admitted, ...older: Admitted[]): string[] => replacedBy([newer], older).map(({ path }) => path)

it.each<[string, Admitted, Admitted[], string[]]>([
  ['of its path', sarif('a/scan.sarif'), [sarif('a/scan.sarif'), sarif('b/scan.sarif')], ['a/scan.sarif']],
  ['of its path below a folder', sarif('new/a/scan.sarif'), [sarif('a/scan.sarif'), sarif('b/scan.sarif')], ['a/scan.sarif']],
  [
    'of its name, where one alone has it',
    sarif('new/scan.sarif'),
    [sarif('a/scan.sarif'), sarif('b/other.sarif')],
    ['a/scan.sarif'],
  ],
  ['none, where two have its name', sarif('new/scan.sarif'), [sarif('a/scan.sarif'), sarif('b/scan.sarif')], []],
  ['none, where two jobs left one of its path', sarif('scan.sarif'), [sarif('scan.sarif'), sarif('scan.sarif')], []],
  ['none of another kind', { ...admitted('scan.sarif', 'component', tests([])) }, [sarif('scan.sarif')], []],
  ['none of another format', sarif('scan.json', { format: 'trivy' }), [sarif('scan.json')], []],
  [
    'none that says it is younger',
    sarif('scan.sarif', made('2026-11-01T00:00:00Z')),
    [sarif('scan.sarif', made('2026-11-02T00:00:00Z'))],
    [],
  ],
])('%s', (_, newer, older, expected) => {
  expect(paths(newer, ...older)).toEqual(expected)
})
