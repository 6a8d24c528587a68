// What a Go test printed: the lines that are its own, and the first of them that names a place.

/** Without the lines that `go test` frames a test with; null: nothing is left. */
export function toldBy(output: string): string | null {
  const own = output
    .split('\n')
    .filter((line) => !/^\s{0,400}(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP): )/.test(line))
  const text = own.join('\n').trimEnd()
  return text.trim() === '' ? null : text
}

const PLACE = /^ {0,400}([\w.-]{1,200}\.go):(\d{1,9}): ?(.*)$/

export function placeInGo(text: string | null): { file: string; line: number; message: string } | null {
  for (const line of text?.split('\n') ?? []) {
    const found = PLACE.exec(line)
    if (found) return { file: found[1]!, line: Number(found[2]), message: found[3]! }
  }
  return null
}

/** The panic's line, else the first one. */
export function messageIn(text: string | null): string | null {
  const lines = text?.split('\n').filter((line) => line.trim() !== '') ?? []
  return (lines.find((line) => line.startsWith('panic: ')) ?? lines[0])?.trim() ?? null
}
