// An error as a person reads it: what, where, what to do; a bug of ours with its stack; never a control character.
import { describe, expect, it } from '@jest/globals'
import { errorDocument, tellError } from '../../src/compose/errors.ts'
import { CertifyError } from '../../src/model/problem.ts'

describe('an error of the user', () => {
  it('is one line and its fix', () => {
    expect(tellError(new CertifyError('x', 'the config a.yml does not exist', { hint: 'correct the path' }))).toBe(
      'error: the config a.yml does not exist\n  fix: correct the path\n',
    )
  })

  it('names every problem with its place and fix, without a stack', () => {
    const text = tellError(
      new CertifyError('x', 'two things are wrong', {
        problems: [
          { code: 'a', message: 'unknown key', path: 'a.yml', line: 3, column: 5, hint: 'did you mean evidence?' },
          { code: 'b', message: 'no place known' },
          { code: 'c', message: 'a file', path: 'b.yml' },
        ],
      }),
    )
    expect(text.split('\n')).toEqual([
      'error: two things are wrong',
      '  a.yml:3:5 unknown key (did you mean evidence?)',
      '  no place known',
      '  b.yml a file',
      '',
    ])
  })

  it('keeps each message on its line, whatever is in it', () => {
    const error = new CertifyError('x', 'one\nerror: forged', {
      hint: 'a\r\nb',
      problems: [{ code: 'a', message: 'c\n::error::d', path: 'e\nf' }],
    })
    expect(tellError(error).trimEnd().split('\n')).toHaveLength(3)
  })
})

describe('a bug of ours', () => {
  it('says that it is one, asks for a report and shows the stack', () => {
    const text = tellError(new TypeError('x is undefined'))
    expect(text).toMatch(/bug.*report/)
    expect(text).toContain('TypeError: x is undefined')
    expect(text).toMatch(/^\s+at .*errors\.test\.ts/m)
  })

  it.each([['a string'], [undefined], [{ odd: true }]])('is told even where %j was thrown', (thrown) => {
    expect(tellError(thrown)).toMatch(/bug/)
  })
})

it.each([
  new CertifyError('x', bad(), { hint: bad(), problems: [{ code: 'a', message: bad(), path: bad() }] }),
  new Error(bad()),
])('no control character reaches the terminal (%#)', (error) => {
  expect(tellError(error).replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
})

function bad(): string {
  return 'a\u001b[31mb\u0007c\rd\u009b2Je\u007ff\u0000g\u0008h'
}

describe('under --json', () => {
  it('an error is one document with code, message, fix and problems', () => {
    const problems = [{ code: 'a', message: 'unknown key', path: 'a.yml', line: 3, column: 5 }]
    const text = errorDocument(new CertifyError('config_missing', 'it is not there', { hint: 'correct the path', problems }))
    expect(JSON.parse(text)).toEqual({
      error: { code: 'config_missing', message: 'it is not there', hint: 'correct the path', problems },
    })
    expect(text.endsWith('\n')).toBe(true)
  })

  it('a bug is one as well, without the stack', () => {
    const { error } = JSON.parse(errorDocument(new TypeError('x')))
    expect(error).toMatchObject({ code: 'internal', problems: [] })
    expect(JSON.stringify(error)).not.toMatch(/errors\.test/)
  })
})
