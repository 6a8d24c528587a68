// What k6's own metrics are, where a file does not say.

/** k6's own time metrics, in milliseconds. */
const TIMES =
  /^(?:http_req_\w+|iteration_duration|group_duration|grpc_req_duration|ws_(?:connecting|session_duration|ping)|browser_http_req_duration|browser_web_vital_(?:fcp|lcp|ttfb|fid|inp))(?:\{|$)/

export function isK6Time(name: string): boolean {
  return TIMES.test(name)
}

export type K6Type = 'counter' | 'gauge' | 'rate' | 'trend'

const TYPES: ReadonlyMap<string, K6Type> = new Map<string, K6Type>([
  ...['http_reqs', 'iterations', 'dropped_iterations', 'data_sent', 'data_received'].map((name) => [name, 'counter'] as const),
  ...['ws_sessions', 'ws_msgs_sent', 'ws_msgs_received', 'grpc_reqs'].map((name) => [name, 'counter'] as const),
  ...['vus', 'vus_max'].map((name) => [name, 'gauge'] as const),
  ...['checks', 'http_req_failed', 'browser_http_req_failed'].map((name) => [name, 'rate'] as const),
])

/** A metric of the script's own is taken for a trend. */
export function k6TypeOf(name: string): K6Type {
  return TYPES.get(name) ?? 'trend'
}
