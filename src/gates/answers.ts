// A gate's questions, and the answers that a reviewer wrote into the comment of the approval.

export interface Answer {
  question: string
  answer: string | null
}

const LONGEST = 300

/**
 * `1: yes, seen` or `1. yes` answers the first question; so does a line that begins with the question, a ticked item included
 * (`- [x] Rollback tried`). An item that is not ticked answers nothing.
 */
export function answersIn(comment: string, questions: readonly string[]): Answer[] {
  const lines = comment.slice(0, 10_000).split(/\r?\n/).slice(0, 200)
  return questions.map((question, at) => {
    const found = lines.map((line) => byNumber(line, at + 1) ?? byText(line, question)).find((one) => one !== null)
    return { question, answer: found?.slice(0, LONGEST) ?? null }
  })
}

function byNumber(line: string, number: number): string | null {
  const match = /^\s*(\d{1,3})\s*[:.)]\s*(\S.*)$/.exec(line.slice(0, 1000))
  return match !== null && Number(match[1]) === number ? match[2]!.trim() : null
}

function byText(line: string, question: string): string | null {
  const item = /^\s*[-*]\s*\[([ xX])\]\s*(.*)$/.exec(line.slice(0, 1000))
  if (item !== null && item[1] === ' ') return null
  const text = (item?.[2] ?? line).trim()
  if (!text.toLowerCase().startsWith(question.toLowerCase().trim())) return null
  const rest = text
    .slice(question.trim().length)
    .replace(/^[\s:?.-]+/, '')
    .trim()
  return rest !== '' ? rest : item !== null ? 'yes' : null
}
