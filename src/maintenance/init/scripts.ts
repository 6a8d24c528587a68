// The repository's own way of making reports: a script that writes them, or an earlier workflow that does.
import { parse } from 'yaml'
import { kindOfName, reportsIn, written } from './commands.ts'
import { type Found, type Made, NOTHING, type Repository, type Step } from './repository.ts'

/** What a script may call that no runner has, and how it gets there. */
const INSTALLED: Readonly<Record<string, string>> = {
  bandit: 'pip install bandit bandit-sarif-formatter',
  njsscan: 'pip install njsscan',
  semgrep: 'pip install semgrep',
  hyperfine: 'sudo apt-get update && sudo apt-get install -y hyperfine',
  k6: 'go install go.k6.io/k6@v0.57.0 && echo "$HOME/go/bin" >> "$GITHUB_PATH"',
}

/** Shell scripts that write reports. The first one is run: it knows better than any guess how. */
export function scripts({ texts }: Repository): Found {
  const making = [...texts].filter(([path, text]) => path.endsWith('.sh') && /^[\w./-]+$/.test(path) && writes(text))
  const [first] = making
  if (first === undefined) return NOTHING
  const [path, text] = first
  const called = Object.keys(INSTALLED).filter((tool) => new RegExp(`(?:^|[\\s;&|(])${tool} `, 'm').test(text))
  return {
    ...NOTHING,
    reports: making.flatMap(([by, one]) => reportsIn(one).map((report) => ({ ...report, by }))),
    setup: called.map((tool) => ({ run: INSTALLED[tool]! })),
    steps: [{ run: `./${path}` }],
  }
}

function writes(text: string): boolean {
  return reportsIn(text).length > 0 || /--test-reporter-destination|--junit-?xml|--summary-export/.test(text)
}

/** Commands of the workflows that are there and write reports, and what they upload. */
export function workflows({ texts }: Repository): Found {
  const steps = [...texts].flatMap(([path, text]) =>
    path.startsWith('.github/workflows/') ? stepsOf(text).map((step) => ({ path, step })) : [],
  )
  const running = steps.filter(({ step }) => step.run !== undefined && repeatable(step.run) && reportsIn(step.run).length > 0)
  return {
    ...NOTHING,
    reports: steps.flatMap(({ path, step }) => reportsOf(step).map((one) => ({ ...one, by: path }))),
    steps: [...new Set(running.map(({ step }) => step.run!.trim()))].map((run) => ({ run })),
  }
}

/** What needs nothing of its workflow but the shell, and is short enough to be read. */
function repeatable(run: string): boolean {
  return !/\$\{\{|[^\P{Cc}\n]/u.test(run) && run.length < 500 && run.trim().split('\n').length <= 3
}

function reportsOf({ run, uses, with: given }: Step): Pick<Made, 'path' | 'kind'>[] {
  if (run !== undefined) return reportsIn(run)
  if (uses?.startsWith('actions/upload-artifact@') !== true) return []
  return (given?.path ?? '').split('\n').flatMap((line) => {
    const path = written(line.trim())
    const kind = path === null ? null : kindOfName(path)
    return path === null || kind === null ? [] : [{ path, kind }]
  })
}

/** The steps of every job; none where it is no workflow that can be read. */
function stepsOf(text: string): Step[] {
  let read: unknown
  try {
    read = parse(text, { maxAliasCount: 50 })
  } catch {
    return []
  }
  const inside = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  const jobs = inside(read, 'jobs')
  const steps = typeof jobs === 'object' && jobs !== null ? Object.values(jobs).map((job) => inside(job, 'steps')) : []
  return steps
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((step) => ({
      ...(typeof inside(step, 'run') === 'string' ? { run: inside(step, 'run') as string } : {}),
      ...(typeof inside(step, 'uses') === 'string' ? { uses: inside(step, 'uses') as string } : {}),
      with: { path: String(inside(inside(step, 'with'), 'path') ?? '') },
    }))
}
