// What is certified or asked for: each file that a glob reaches, and nothing where one of them cannot be read.
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, it } from '@jest/globals'
import { Workspace } from '../../../src/adapters/node/files.ts'
import { subjectsOf } from '../../../src/app/certificate/subjects.ts'

let root: string
const put = (path: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), path)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'certify-subjects-'))
  put('dist/app.js')
})
const subjects = (...named: string[]) => subjectsOf(named, new Workspace({ root, tracked: () => null }))

it('a glob takes every file of what is deployed, also in the folders that hold no evidence', () => {
  for (const path of ['dist/node_modules/left/index.js', 'dist/vendor/x.js']) put(path)
  expect(subjects('dist/**').map((one) => one.name)).toEqual([
    'dist/app.js',
    'dist/node_modules/left/index.js',
    'dist/vendor/x.js',
  ])
})

it.each([
  ['a folder that is a link', 'dist/lib', '..', 'dist/**/*.js'],
  ['a file that is not there', 'dist/gone.js', 'nowhere', 'dist/*.js'],
  ['a file outside', 'dist/out.js', '/etc/hosts', 'dist/*.js'],
  ['a folder that cannot be listed', 'loop', 'loop', 'loop/**'],
])('%s is refused, and not left out', (_, path, target, glob) => {
  symlinkSync(target, join(root, path))
  expect(() => subjects(glob)).toThrow(expect.objectContaining({ code: 'subject_unreadable' }))
})

it('what matches nothing is refused', () => {
  expect(() => subjects('other/**')).toThrow(expect.objectContaining({ code: 'subject_missing' }))
})
