import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slug } from '../src/slug.js'

test('joins words by dashes, in lower case', () => {
  assert.equal(slug('The Quick, brown Fox!'), 'the-quick-brown-fox')
})

test('keeps letters without their accents', () => {
  assert.equal(slug('Çà et là'), 'ca-et-la')
})

test('ends with a whole word where the title is long', () => {
  const made = slug('a word '.repeat(40))
  assert.ok(made.length <= 60)
  assert.match(made, /(?:^|-)word$|-a$/)
})

test('has a name for what has none', () => {
  assert.equal(slug('!?'), 'untitled')
})
