import { describe, expect, it } from '@jest/globals'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { arrayAt, asObject, countAt, field, inside, objectAt, textAt } from '../../../src/evidence/scan/json-fields.ts'

const object = asObject(JSON.parse('{"n":3,"text":"12","nan":null,"minus":-1,"list":[],"own":{},"__proto__":{"n":9}}'), 'It')

describe('typed readers', () => {
  it('reads what is there', () => {
    expect(countAt(object, 'n')).toBe(3)
    expect(arrayAt(object, 'list')).toEqual([])
    expect(objectAt(object, 'own')).toEqual({})
  })

  it('takes null and absent for not known', () => {
    expect(countAt(object, 'nan')).toBeNull()
    expect(countAt(object, 'nowhere')).toBeNull()
    expect(textAt(object, 'n', DEFAULT_LIMITS)).toBeNull()
  })

  it.each(['constructor', 'toString', 'hasOwnProperty'])('does not find %s of the prototype', (key) =>
    expect(field(object, key)).toBeUndefined(),
  )

  it.each([
    ['a number in quotes', () => countAt(object, 'text')],
    ['a negative count', () => countAt(object, 'minus')],
    ['an object for a count', () => countAt(object, 'own')],
    ['a list for an object', () => objectAt(object, 'list')],
    ['an object for a list', () => arrayAt(object, 'own')],
  ])('refuses %s', (_, read) => expect(read).toThrow(/is .*, not/))

  it('says where', () => {
    expect(() =>
      inside(
        () => 'runs[2]',
        () =>
          inside(
            () => 'results[7]',
            () => countAt(object, 'text'),
          ),
      ),
    ).toThrow('runs[2]: results[7]: "text" is the text "12", not a number of 0 or more')
  })

  it('cuts long texts', () => {
    expect(textAt({ a: 'x'.repeat(50) }, 'a', { ...DEFAULT_LIMITS, textLength: 10 })).toHaveLength(10)
  })
})
