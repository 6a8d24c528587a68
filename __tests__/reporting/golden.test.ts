// Every surface in every scenario against files that a person can open. UPDATE_GOLDEN=1 writes them anew: look before you commit.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { SCENARIOS } from '../support/scenarios.ts'
import { surfacesOf } from '../support/surfaces.ts'

const FOLDER = new URL('../golden/', import.meta.url)

describe.each(Object.entries(SCENARIOS))('%s', (name, build) => {
  it.each(Object.keys(surfacesOf(build())))('%s is as it was looked at', (file) => {
    const text = surfacesOf(build())[file]!
    const place = new URL(`${name}/${file}`, FOLDER)
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(new URL('.', place), { recursive: true })
      writeFileSync(place, text)
    }
    expect(text).toBe(readFileSync(place, 'utf8'))
  })
})
