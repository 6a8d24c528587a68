// A branch's badges: what its last run reached and how its certificate stands, as the JSON that shields.io reads and as a picture that needs nobody.
import type { CertificateStatus } from '../../model/certificate.ts'
import type { LevelNumber } from '../../model/level.ts'
import type { Verdict } from '../../model/outcome.ts'
import { plain } from '../escape/plain.ts'
import { columns } from '../escape/width.ts'
import { escapeXml } from '../escape/xml.ts'

/** What a badge is made from. `held`: seconds for which the level is held; null: not known. */
export interface BadgeRun {
  name: string
  verdict: Verdict
  level: number
  held: number | null
}

export interface Badge {
  label: string
  message: string
  color: keyof typeof COLORS
}

/** Names that shields.io knows. */
const COLORS = {
  brightgreen: '#2da44e',
  green: '#57a639',
  yellowgreen: '#8a9a1b',
  orange: '#9a6700',
  blue: '#1f6feb',
  red: '#cf222e',
  lightgrey: '#6e7781',
} as const

const REACHED: readonly Badge['color'][] = ['red', 'yellowgreen', 'green', 'brightgreen', 'brightgreen']
const LONGEST = 40
const DAY = 86_400

export function badgeOf({ name, verdict, level, held }: BadgeRun): Badge {
  const label = plain(name, LONGEST) || 'certify'
  if (verdict === 'error') return { label, message: 'could not judge', color: 'lightgrey' }
  const reached = level === 0 ? 'no level' : `level ${level}`
  const days = held === null || level === 0 ? 0 : Math.floor(held / DAY)
  const message = days < 1 ? reached : `${reached} · held ${days} d`
  if (verdict === 'failed') return { label, message: level === 0 ? reached : `${reached}, failing`, color: 'red' }
  if (verdict === 'pending') return { label, message: `${reached}, pending`, color: 'blue' }
  return { label, message, color: REACHED[level] ?? 'lightgrey' }
}

/** Without `status` nobody can tell how it stands, or there is none: neither is ever green. */
export function certificateBadgeOf(
  name: string,
  certified: { level: LevelNumber; status: CertificateStatus } | 'none' | 'unknown',
): Badge {
  const label = name === 'certify' ? 'certificate' : `${plain(name, LONGEST - 12)} certificate`
  if (certified === 'none') return { label, message: 'none', color: 'lightgrey' }
  if (certified === 'unknown') return { label, message: 'not known', color: 'lightgrey' }
  const { level, status } = certified
  const [until, since] = [status.until.slice(0, 10), status.since.slice(0, 10)]
  switch (status.state) {
    case 'active':
      return { label, message: `level ${level} · until ${until}`, color: 'brightgreen' }
    case 'conditional':
      return { label, message: `level ${level}, conditional · until ${until}`, color: 'orange' }
    case 'superseded':
      return { label, message: `superseded ${since}`, color: 'lightgrey' }
    default:
      return { label, message: `${status.state} ${since}`, color: 'red' }
  }
}

/** https://shields.io/badges/endpoint-badge: it refuses keys that it does not know. */
export function renderBadgeJson({ label, message, color }: Badge): string {
  return `${JSON.stringify({ schemaVersion: 1, label, message, color })}\n`
}

const HEIGHT = 20
const PADDING = 6

/** `stamp`: which run it shows, for those who read the file; it is not drawn. */
export function renderBadgeSvg({ label, message, color }: Badge, stamp: string): string {
  const [left, right] = [widthOf(label), widthOf(message)]
  const width = left + right
  const words = `${escapeXml(label)}: ${escapeXml(message)}`
  const text = (at: number, room: number, shown: string): string =>
    `<text x="${at + room / 2}" y="14" textLength="${room - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${escapeXml(shown)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${words}">`,
    `<title>${words}</title>`,
    `<desc>${escapeXml(stamp, 200)}</desc>`,
    `<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3"/></clipPath>`,
    '<g clip-path="url(#r)">',
    `<rect width="${left}" height="${HEIGHT}" fill="#424a53"/>`,
    `<rect x="${left}" width="${right}" height="${HEIGHT}" fill="${COLORS[color]}"/>`,
    '</g>',
    '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    text(0, left, label),
    text(left, right, message),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** About what eleven pixels of Verdana take; the text is then made to fit exactly. */
function widthOf(text: string): number {
  const narrow = (text.match(/[ijl.,:;'|!· ]/g) ?? []).length
  return Math.ceil(7 * columns(text) - 3 * narrow) + 2 * PADDING
}
