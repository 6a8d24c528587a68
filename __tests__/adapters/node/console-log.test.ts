// The log on a laptop: on stderr, one message a line, so that stdout is the report alone.
import { Writable } from 'node:stream'
import { expect, it } from '@jest/globals'
import { consoleLog } from '../../../src/adapters/node/console-log.ts'

it('says how serious a message is, and ends each with a line break', () => {
  let text = ''
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const log = consoleLog(stderr)
  log.info('a')
  log.progress('b')
  log.warn('c')
  log.error('d')
  log.mask('secret')
  expect(text).toBe('a\nb\nwarning: c\nerror: d\n')
})
