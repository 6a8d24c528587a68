// What Locust's figures go by, the same in each of its files: the request's name, with its method before it where a name has several.

interface Request {
  name: string
  method: string
}

export function locustNames(requests: readonly Request[]): (request: Request) => string {
  const counts = new Map<string, number>()
  for (const { name } of requests) counts.set(name, (counts.get(name) ?? 0) + 1)
  return ({ name, method }) => (counts.get(name)! > 1 && method !== '' ? `${method} ${name}` : name)
}
