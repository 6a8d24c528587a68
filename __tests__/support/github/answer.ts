// The shape of a request handler's question and answer.
import type { JsonObject } from './description.ts'
import type { State } from './state.ts'

export interface Asked {
  params: Record<string, string>
  query: URLSearchParams
  body: JsonObject
  accept: string
  state: State
  /** `http://127.0.0.1:PORT`, for links in answers. */
  origin: string
}

export interface Answer {
  status: number
  /** An object is sent as JSON, bytes as they are. */
  body?: unknown
  headers?: Record<string, string>
}

export type Handler = (asked: Asked) => Answer

export const notFound = (message = 'Not Found'): Answer => ({
  status: 404,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: '404' },
})

/** One page of a list, with its `link` header, as GitHub pages everything. */
export function page<T>(all: T[], asked: Asked, path: string): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(Number(asked.query.get('per_page') ?? 30), 100)
  const number = Number(asked.query.get('page') ?? 1)
  const items = all.slice((number - 1) * size, number * size)
  if (number * size >= all.length) return { items, headers: {} }
  const next = new URL(asked.origin + path)
  for (const [k, v] of asked.query) next.searchParams.set(k, v)
  next.searchParams.set('page', String(number + 1))
  return { items, headers: { link: `<${next.href}>; rel="next"` } }
}
