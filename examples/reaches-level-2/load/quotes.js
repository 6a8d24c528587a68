// Load test for k6: twenty callers ask for quotes for ten seconds.
import http from 'k6/http'
import { check } from 'k6'

export const options = { vus: 20, duration: '10s', summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'] }

export default function () {
  const answer = http.post(`${__ENV.SERVICE_URL}/quotes`, JSON.stringify({ country: 'FR', grams: 750 }))
  check(answer, { 'a quote was made': (a) => a.status === 201 })
}
