// The corpus of real reports, where it lies beside the repository: every row in our formats agrees or is explained.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { compareRow, explainedIn, rowsOf } from './support/corpus.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(process.env.CERTIFY_CORPUS ?? join(root, '..', 'shared', 'corpus'))
const rows = rowsOf(folder)

if (rows === null) {
  console.log('skipped: no corpus beside this repository (CERTIFY_CORPUS names its folder), 0 of its rows were compared')
  it('has nothing to compare without the corpus', () => expect(rowsOf(folder)).toBeNull())
} else {
  const explained = explainedIn(readFileSync(join(root, 'docs/formats.md'), 'utf8'))

  describe('the corpus', () => {
    it.each(rows.map((row) => [row.path, row] as const))('%s', (path, row) => {
      const { differences } = compareRow(folder, row)
      if (!explained.has(path)) expect(differences).toEqual([])
    })

    it('has every row that docs/formats.md explains, and each of them still differs', () => {
      const differing = rows.filter((row) => compareRow(folder, row).differences.length > 0).map((row) => row.path)
      expect([...explained].filter((path) => !differing.includes(path))).toEqual([])
    })
  })
}
