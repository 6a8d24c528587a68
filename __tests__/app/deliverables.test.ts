// The files that `file:` checks of gates, requirements and checklists name, looked up once.
import { expect, it } from '@jest/globals'
import { deliverableFiles } from '../../src/app/deliverables.ts'
import type { Check } from '../../src/model/check.ts'
import { requirement, seedConfig } from '../support/config.ts'
import { NOW, world } from '../support/ports.ts'

const file = (...paths: string[]): Check => ({ fn: 'file', paths, maxAgeSeconds: null })

it('finds what gates, levels and checklists name, and nothing else', () => {
  const config = seedConfig((seed) => {
    const item = { ...requirement('e', file('docs/list.md')), id: 'e', domain: null, blocking: true, weight: 1 }
    for (const gate of seed.gates) Object.assign(gate, { entry: [], exit: [], deliverables: [] })
    for (const level of seed.levels) level.requirements = []
    seed.gates[0]!.entry = [requirement('a', file('docs/entry.md'))]
    seed.gates[1]!.exit = [requirement('b', file('docs/exit.md'))]
    seed.gates[3]!.deliverables = [{ ...requirement('c', file('docs/*.pdf', 'docs/none.md')), name: 'c' }]
    seed.levels[2]!.requirements = [requirement('d', file('docs/level.md'))]
    seed.checklists = [{ id: 'x', source: null, items: [item] }]
  })
  const names = ['entry.md', 'exit.md', 'a.pdf', 'b.pdf', 'level.md', 'list.md', 'other.md']
  const files = Object.fromEntries(names.map((name) => [`docs/${name}`, 'text']))
  const found = deliverableFiles(config, world(files, { tracked: ['docs/a.pdf'] }), NOW)
  expect(Object.fromEntries(Object.entries(found).map(([glob, list]) => [glob, list.map((one) => one.path)]))).toEqual({
    'docs/entry.md': ['docs/entry.md'],
    'docs/exit.md': ['docs/exit.md'],
    'docs/*.pdf': ['docs/a.pdf', 'docs/b.pdf'],
    'docs/none.md': [],
    'docs/level.md': ['docs/level.md'],
    'docs/list.md': ['docs/list.md'],
  })
  expect(found['docs/*.pdf']!.map(({ size, tracked }) => [size, tracked])).toEqual([
    [4, true],
    [4, false],
  ])
})

it('a name out of the object prototype is a glob like any other', () => {
  const config = seedConfig((seed) => {
    seed.gates[0]!.deliverables = [{ ...requirement('a', file('constructor')), name: 'a' }]
  })
  expect(deliverableFiles(config, world({}), NOW).constructor).toEqual([])
})
