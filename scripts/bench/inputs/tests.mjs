// Test reports with as many cases as asked for, and the load test's log.
import { seeded } from './random.mjs'

const PER_SUITE = 500
const TRACE = `at work (src/module.js:10:3)\n${'    at Object.run (node:internal/run:1:1)\n'.repeat(18)}`

/** JUnit XML as jest-junit and surefire write it: of a hundred cases one fails with a trace, one has an error, two are skipped. */
export function* junit(cases, seed = 5) {
  const random = seeded(seed)
  const all = { total: cases, passed: 0, failed: 0, errors: 0, skipped: 0 }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="shop">\n'
  for (let done = 0; done < cases; done += PER_SUITE) {
    const own = { total: Math.min(PER_SUITE, cases - done), passed: 0, failed: 0, errors: 0, skipped: 0 }
    const suite = seed * 1000 + done / PER_SUITE
    let body = ''
    for (let at = 0; at < own.total; at += 1) {
      const [kind, tag] = caseOf(random)
      own[kind] += 1
      const time = (random(2000) / 1000).toFixed(3)
      const head = `<testcase classname="com.acme.shop.checkout.part${suite}.CheckoutSuite" name="adds &lt;item&gt; number ${done + at} to the basket and pays for it by card" file="src/part${suite}/checkout.test.js" time="${time}"`
      body += tag === '' ? `${head}/>\n` : `${head}>${tag}</testcase>\n`
    }
    for (const [kind, count] of Object.entries(own)) if (kind !== 'total') all[kind] += count
    const { total, failed, errors, skipped } = own
    yield `<testsuite name="suite ${suite}" tests="${total}" failures="${failed}" errors="${errors}" skipped="${skipped}" time="1.000">\n${body}</testsuite>\n`
  }
  yield '</testsuites>\n'
  return { tests: all }
}

function caseOf(random) {
  const kind = random(100)
  if (kind === 0)
    return ['failed', `<failure message="expected &quot;a&quot;" type="AssertionError"><![CDATA[${TRACE}]]></failure>`]
  if (kind === 1) return ['errors', '<error message="no connection"/>']
  return kind < 4 ? ['skipped', '<skipped/>'] : ['passed', '']
}

/** `k6 run --out json`: a line per sample. */
export function* k6Points(size) {
  const random = seeded(6)
  yield '{"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"http_req_duration"}\n'
  let made = 0
  while (made < size) {
    const data = {
      time: '2026-01-01T00:00:00.000Z',
      value: random(300_000) / 1000,
      tags: { method: 'GET', name: 'https://shop.example/', status: '200' },
    }
    const text = `${JSON.stringify({ metric: 'http_req_duration', type: 'Point', data })}\n`
    made += text.length
    yield text
  }
  return {}
}
