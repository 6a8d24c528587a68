// YAML as a person writes it: plain where that is safe, in double quotes where it is not.

/** A scalar that means this text in block and flow style. */
export function scalar(text: string): string {
  const plain = /^[A-Za-z_][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
  return plain ? text : JSON.stringify(text)
}

/** One, or a list in one line. */
export function oneOrList(texts: readonly string[]): string {
  return texts.length === 1 ? scalar(texts[0]!) : `[${texts.map(scalar).join(', ')}]`
}

/** Text for a comment: one line of what can be shown. */
export function remark(text: string): string {
  return text.replace(/[^\P{C}]/gu, ' ').slice(0, 200)
}
