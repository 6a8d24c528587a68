// Limits to start from: what was measured, with room to be twice as bad. What is promised is for a person to say.
import type { Lying } from './repository.ts'

export interface Proposed {
  sli: string
  pass: string
  /** What it was when init looked. */
  measured: string
}

const TIMES = ['ns', 'us', 'µs', 'ms', 's', 'min']
const RATES = ['req/s', 'ops/s', 'rps', 'files/s']
/** The statistic that a limit is best held against comes first. */
const STATS = [/\.p\(?95\)?$/, /\.p\(?99\)?$/, /\.mean$|\.avg$/, /\.med(?:ian)?$|\.p50$/]
const MOST = 3

/** At most three, of different metrics; k6's own are http_req_duration and http_req_failed. */
export function objectivesFor({ measurements }: Lying): Proposed[] {
  const k6 = measurements.filter(({ name }) => /^http_req_duration\.p\(?95\)?$/.test(name))
  if (k6.length > 0) return [timed(k6[0]!), { sli: 'http_req_failed.rate', pass: '< 1%', measured: '' }]
  const chosen: Proposed[] = []
  const taken = new Set<string>()
  for (const stat of STATS) {
    for (const one of measurements) {
      const metric = one.name.replace(/\.[^.]+$/, '')
      if (!stat.test(one.name) || !TIMES.includes(one.unit ?? '') || taken.has(metric) || !(one.value > 0)) continue
      taken.add(metric)
      chosen.push(timed(one))
    }
  }
  const rates = measurements.filter(({ unit, value }) => RATES.includes(unit ?? '') && value > 0)
  return [
    ...chosen,
    ...rates.map(({ name, value, unit }) => ({
      sli: name,
      pass: `> ${nice(value / 2, 'below')} ${unit}`,
      measured: `${short(value)} ${unit}`,
    })),
  ].slice(0, MOST)
}

function timed({ name, value, unit }: Lying['measurements'][number]): Proposed {
  const plain = unit === 'µs' ? 'us' : (unit ?? '')
  return {
    sli: name.replace(/\.p\((\d+)\)$/, '.p$1'),
    pass: `< ${nice(value * 2, 'above')}${plain}`,
    measured: `${short(value)} ${plain}`,
  }
}

/** The nearest of 1, 2, 5 and their tenfolds. */
function nice(value: number, side: 'above' | 'below'): string {
  const power = Math.floor(Math.log10(value))
  const steps = [1, 2, 5, 10].map((step) => Number(`${step}e${power}`))
  const found = side === 'above' ? steps.find((step) => step >= value) : steps.findLast((step) => step <= value)
  return plainNumber(found ?? value)
}

function short(value: number): string {
  return plainNumber(Number(value.toPrecision(3)))
}

/** Never in exponents: a limit is written in digits. */
function plainNumber(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 9 })
}
