// What well-known credentials look like. Each pattern is linear: no nested repetition, and none of any length at its beginning.

export const SECRET_SHAPES: readonly RegExp[] = [
  /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]+/,
  /discord(?:app)?\.com\/api\/webhooks\/[A-Za-z0-9/_-]+/,
  /webhook\.office\.com\/[A-Za-z0-9@/_-]+/,
  /xox[abeprs]-[A-Za-z0-9-]{10,}/,
  /gh[pousr]_[A-Za-z0-9]{20,}/,
  /github_pat_[A-Za-z0-9_]{20,}/,
  /glpat-[A-Za-z0-9_-]{20,}/,
  /(?:AKIA|ASIA)[A-Z0-9]{16}/,
  /sk-[A-Za-z0-9_-]{20,}/,
  /npm_[A-Za-z0-9]{30,}/,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/,
  /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{1,200}@/,
]
