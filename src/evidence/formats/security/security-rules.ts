// Rules that are about security by their name alone: those of lint plugins that do nothing else.

const SECURITY = /(?:^|\/)(?:security(?:-node)?|sdl|no-unsanitized|no-secrets|xss|scanjs-rules|no-wildcard-postmessage)\//i

export function namesSecurity(rule: string): boolean {
  return SECURITY.test(rule)
}
