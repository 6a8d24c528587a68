// Asking a person: only a plain yes is one, and nobody at the terminal is nobody.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { confirmOn } from '../../../src/adapters/node/confirm.ts'

function terminal(isTTY: boolean) {
  const of = () => Object.assign(new PassThrough(), { isTTY })
  return { input: of(), output: of() }
}

async function answered(answer: string | null): Promise<[boolean, string]> {
  const { input, output } = terminal(true)
  const asking = confirmOn({ input, output })!('the plan\n', 'Change it?')
  if (answer === null) input.end()
  else input.write(`${answer}\n`)
  return [await asking, String(output.read())]
}

describe('a person at a terminal', () => {
  it.each(['y', 'Y', 'yes', ' Yes '])('says yes by "%s", after the plan was shown', async (answer) => {
    expect(await answered(answer)).toEqual([true, 'the plan\nChange it? [y/N] '])
  })

  it.each(['', 'n', 'no', 'yep', 'y es', null])('does not by %j', async (answer) => {
    expect((await answered(answer))[0]).toBe(false)
  })

  it('is not there where input or output is none', () => {
    expect(confirmOn(terminal(false))).toBeNull()
    expect(confirmOn({ ...terminal(true), output: terminal(false).output })).toBeNull()
  })
})
