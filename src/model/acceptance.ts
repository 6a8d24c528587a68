// How long the policy may accept a finding: through a last day (UTC), and never for longer than half a year.

/** Past it somebody has to look again. */
export const LONGEST_DAYS = 180
const DAY = 86_400_000

export function acceptanceOf(expires: string, now: Date): 'valid' | 'expired' | 'too_long' {
  const end = Date.parse(`${expires.slice(0, 10)}T00:00:00Z`) + DAY
  // A date that is none protects nothing.
  if (!(now.getTime() < end)) return 'expired'
  return end - now.getTime() > (LONGEST_DAYS + 1) * DAY ? 'too_long' : 'valid'
}
