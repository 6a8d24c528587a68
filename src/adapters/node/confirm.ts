// Asks a person at a terminal. Only a plain yes is one.
import { createInterface } from 'node:readline/promises'

export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  /** Not stdout: that is for the result. */
  output: NodeJS.WritableStream & { isTTY?: boolean }
}

/** null where nobody sits there. */
export function confirmOn({ input, output }: Terminal): ((text: string, question: string) => Promise<boolean>) | null {
  if (input.isTTY !== true || output.isTTY !== true) return null
  return async (text, question) => {
    output.write(text)
    const lines = createInterface({ input, output, terminal: false })
    try {
      // The end of the input answers nothing.
      const closed = new Promise<string>((done) => lines.once('close', () => done('')))
      const answer = await Promise.race([lines.question(`${question} [y/N] `), closed])
      return /^\s*y(?:es)?\s*$/i.test(answer)
    } finally {
      lines.close()
    }
  }
}
