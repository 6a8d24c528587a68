import { describe, expect, it } from '@jest/globals'
import { gatlingSimulationLog } from '../../../src/evidence/formats/performance/gatling-simulation-log.ts'
import { headOfText } from '../../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => gatlingSimulationLog.read(sourceOf(content, 'simulation.log'), DEFAULT_LIMITS)
const figuresOf = (content: string | Uint8Array) =>
  Object.fromEntries(read(content).facts.metrics.map(({ name, value }) => [name, value]))
const RUN = 'RUN\tShop\tshop\t1700000000000\t \t3.10.5\n'
const request = (...columns: (string | number)[]) => `REQUEST\t${columns.join('\t')}\n`
const [T0, T1, T2] = [1_700_000_000_000, 1_700_000_000_250, 1_700_000_001_000]

describe('Gatling simulation.log', () => {
  it.each([
    ['3.4 and later', request('', 'pay', T0, T1, 'OK', ' ')],
    ['3.0 to 3.3', request('17', '', 'pay', T0, T1, 'OK', ' ')],
    ['2.2 and 2.3', request('buyers', '17', '', 'pay', T0, T1, 'OK', ' ')],
  ])('reads the columns of %s', (_, line) => {
    expect(read(RUN + line).facts).toMatchObject({ samples: 1, errors: 0, events: { good: 1, total: 1 } })
    expect(figuresOf(RUN + line)).toMatchObject({ avg: 250, 'pay.max': 250, throughput: 4 })
  })

  it('names a request in groups with them', () => {
    expect(figuresOf(RUN + request('checkout,cart', 'pay', T0, T1, 'OK'))).toHaveProperty(['checkout / cart / pay.avg'], 250)
    expect(figuresOf(RUN + request('17', 'checkout', 'pay', T0, T1, 'OK'))).toHaveProperty(['checkout / pay.avg'], 250)
  })

  it.each(['KO', 'ok', 'MAYBE', ''])('takes the outcome %j for an error', (outcome) =>
    expect(read(RUN + request('', 'a', T0, T1, outcome) + request('', 'a', T0, T1, 'OK')).facts).toMatchObject({
      samples: 2,
      errors: 1,
      events: { good: 1, total: 2 },
    }),
  )

  it('counts errors outside any request as failed ones and says so', () => {
    const { facts, problems } = read(`${RUN}${request('', 'a', T0, T1, 'OK')}ERROR\tFailed to build request\t${T1}\n`)
    expect(facts).toMatchObject({ samples: 2, errors: 1, events: { good: 1, total: 2 } })
    expect(problems).toMatchObject([{ code: 'scan_failed', message: expect.stringContaining('1 errors outside') }])
  })

  it('passes over the lines of a message, groups and users', () => {
    const { facts, info } = read(fixture('gatling-simulation-log/valid-2.txt'))
    expect(facts).toMatchObject({ samples: 2, errors: 1 })
    expect(info).toMatchObject({ producer: 'Gatling 2.3.1', createdAt: '2017-11-04T09:19:26.682Z' })
  })

  it.each([
    ['a request that is cut off in its times', `${RUN}REQUEST\t\ta\t${T0}\t17000000`, 'cut off', 2],
    ['a request that is cut off before its outcome', `${RUN}REQUEST\t\ta\t${T0}\t${T1}`, 'cut off', 2],
    ['a request that ends before it begins', RUN + request('', 'a', T1, T0, 'OK'), 'before it begins', 2],
    ['a line that is no record', `${RUN}hello\n`, 'no record', 2],
    ['a first line that is none', `hello\n${RUN}`, 'no record', 1],
  ])('refuses %s', (_, text, message, line) => {
    let thrown: unknown
    try {
      read(text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ message: expect.stringContaining(message), problems: [{ line }] })
  })

  it('has the figures of the report that Gatling made of the same log', () => {
    // js/global_stats.json beside it: 18 requests, 1 KO, min 48, max 150, mean 75, 95th percentile 135 by interpolation.
    expect(read(fixture('gatling-simulation-log/valid.txt')).facts).toMatchObject({ samples: 18, errors: 1 })
    const { min, max, avg } = figuresOf(fixture('gatling-simulation-log/valid.txt'))
    expect({ min, max, avg: Math.round(avg!) }).toEqual({ min: 48, max: 150, avg: 75 })
  })

  it('knows a log by its first records, whatever the assertions before', () => {
    const known = (text: string) => gatlingSimulationLog.recognises(headOfText(text), 'x')
    expect(known(`ASSERTION\tAAMDAAMDAAAAAAAAwFhA\n${RUN}`)).toBe(true)
    expect(known('RUN the tests\n')).toBe(false)
    expect(known(`USER\ta\tSTART\t${T2}\n`)).toBe(false)
  })
})
