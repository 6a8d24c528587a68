// Where a test failed: the first place in its trace that lies in the repository, in the notations of the usual runners.

export interface Place {
  path: string
  line: number
}

/** A trace is at most 64 K characters by now; the place is near one of its ends or nowhere. */
const LINES = 200
const LONGEST_LINE = 1_000

const NOTATIONS: readonly RegExp[] = [
  // Python: File "tests/test_cart.py", line 12, in test_total
  /File "([^"]{1,500})", line (\d{1,7})/,
  // .NET: at Shop.CartTests.Total() in /src/CartTests.cs:line 12
  / in (.{1,500}):line (\d{1,7})/,
  // Java: at shop.CartTest.total(CartTest.java:12)
  /\(([\w$-]{1,200}\.(?:java|kt|kts|scala|groovy)):(\d{1,7})\)/,
  // JavaScript, Go, Ruby, PHP, Rust: tests/cart.test.ts:12:7, cart_test.go:12:, cart_spec.rb:12:in
  /((?:file:\/\/)?(?:[A-Za-z]:)?[\w@.+~/\\-]{1,500}\.[A-Za-z]{1,5}):(\d{1,7})(?=[:)\s\],]|$)/,
]

/** Of libraries and of the runner itself. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|\.venv|venv|\.cargo|\.gradle|\.m2|rustc|internal)\/|^node:|^\/(?:usr|opt|lib|nix)\//

/** `file`: where the report says the test is; a place in it goes before any other. null: the trace names none. */
export function placeIn(trace: string | null, file: string | null): Place | null {
  const lines = (trace ?? '').split('\n')
  const near = lines.length <= 2 * LINES ? lines : [...lines.slice(0, LINES), ...lines.slice(-LINES)]
  let first: Place | null = null
  for (const line of near) {
    const found = placeOn(line.slice(0, LONGEST_LINE), file)
    if (found === null) continue
    if (file === null || found.path === file) return found
    first ??= found
  }
  return first
}

function placeOn(line: string, file: string | null): Place | null {
  for (const notation of NOTATIONS) {
    const match = notation.exec(line)
    if (match === null) continue
    const path = located(match[1]!, file)
    const number = Number(match[2])
    return path === null || number === 0 ? null : { path, line: number }
  }
  return null
}

/** The place as the repository names it; null: it lies outside, or nobody can tell. */
function located(raw: string, file: string | null): string | null {
  const path = repositoryPath(raw)
  if (FOREIGN.test(path)) return null
  // Java names a file without its folders, others name it from the root of the machine.
  if (file !== null && (path === file || path.endsWith(`/${file}`) || file.endsWith(`/${path}`))) return file
  return /^(?:\/|[A-Za-z]:)/.test(path) || !path.includes('/') ? null : path
}

/** Without the workspace of a runner or container in front, as far as its place is the usual one. */
export function repositoryPath(raw: string): string {
  return raw
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .replace(
      /^(?:\/home\/runner\/work|\/Users\/runner\/work|\/__w|[A-Za-z]:\/a|\/home\/runner\/actions-runner\/_work)\/[^/]+\/[^/]+\//,
      '',
    )
    .replace(/^\/(?:github\/workspace|workspace|workspaces\/[^/]+)\//, '')
    .replace(/^(?:\.\/)+/, '')
}
