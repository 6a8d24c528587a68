// Holds our new-code figure against diff-cover (PyPI) on the diffs of a small repository that is built here. Exit 1 where any differs.
// Usage: node scripts/compare-diff-cover.mjs [--cli dist/cli.js]    DIFF_COVER: the command, where it is not on the PATH
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

const cli = resolve(process.argv[process.argv.indexOf('--cli') + 1 || Number.NaN] ?? 'dist/cli.js')
const command = process.env.DIFF_COVER ?? 'diff-cover'
const REPORT = 'coverage.xml'

/** Python, whose lines say themselves what they are: code that ran, code that did not (`# open`), or none. */
const code = (count, word = 'step', from = 1) => Array.from({ length: count }, (_, at) => `${word}_${from + at} = ${from + at}`)
const open = (count, word = 'gap', from = 1) => code(count, word, from).map((line) => `${line}  # open`)
const text = (lines, end = '\n', between = '\n') => lines.join(between) + end

const BASE = {
  'src/cart.py': text([...code(20), ...open(5), ...code(10, 'tail')]),
  'src/till.py': text([...code(12, 'till'), '', '# a remark', ...open(3, 'shut')]),
  'src/old.py': text(code(30, 'old')),
  'src/last.py': text(code(6, 'last'), ''),
  'src/dos.py': text(code(8, 'dos'), '\r\n', '\r\n'),
  'src/logo.bin': Buffer.from([0, 1, 2, 3, 0, 255]),
  'README.md': '# Shop\n',
}

const edit = (repo, path, change, end = '\n') => repo.put(path, text(change(repo.lines(path)), end))
const between = (lines, at, ...added) => [...lines.slice(0, at), ...added, ...lines.slice(at)]

/** A change; or, where diff-cover is known to be wrong, a change with what is right. */
const CASES = {
  'a new file, partly covered': (repo) => repo.put('src/new.py', text([...code(9, 'new'), '', ...open(4, 'todo'), '# end'])),
  'several hunks in one file': (repo) =>
    edit(repo, 'src/cart.py', (lines) => {
      const more = between(between(lines, 30, ...open(3, 'third')), 12, ...code(2, 'second'))
      return between(more, 3, ...code(4, 'first'), ...open(1, 'first_gap'))
    }),
  'lines changed in place': (repo) =>
    edit(repo, 'src/cart.py', (lines) => lines.map((line, at) => (at % 7 === 0 ? `${line.replace(/ = /, '_b = ')}` : line))),
  'a file that moves': (repo) => repo.move('src/old.py', 'lib/moved.py'),
  'a file that moves and changes': (repo) => {
    repo.move('src/old.py', 'lib/moved.py')
    edit(repo, 'lib/moved.py', (lines) => between(lines, 10, ...code(2, 'fresh'), ...open(2, 'fresh_gap')))
  },
  'a file that is deleted': (repo) => repo.remove('src/old.py'),
  'lines that are deleted': (repo) => edit(repo, 'src/cart.py', (lines) => lines.filter((_, at) => at < 8 || at > 14)),
  'no newline at the end': (repo) => edit(repo, 'src/till.py', (lines) => [...lines, ...open(1), ...code(1, 'very_last')], ''),
  'a new file without a newline at its end': (repo) => repo.put('src/new.py', text([...code(3, 'new'), ...open(1)], '')),
  // It takes git's remark on the old file, "No newline at end of file", for a line of the new one, and counts one too far.
  'no newline at the end before': {
    change: (repo) => repo.put('src/last.py', text([...code(6, 'last'), ...open(1), ...code(1, 'very_last')], '')),
    ours: '2 of 3',
  },
  'a newline at the end alone': { change: (repo) => repo.put('src/last.py', text(code(6, 'last'))), ours: '1 of 1' },
  'code that moves within its file': (repo) =>
    edit(repo, 'src/cart.py', (lines) => [...lines.slice(20, 25), ...lines.slice(0, 20), ...lines.slice(25)]),
  'code that moves to another file': (repo) => {
    const moved = repo.lines('src/cart.py').slice(18, 28)
    edit(repo, 'src/cart.py', (lines) => lines.filter((line) => !moved.includes(line)))
    edit(repo, 'src/till.py', (lines) => between(lines, 4, ...moved))
  },
  'comments and blank lines alone': (repo) =>
    edit(repo, 'src/till.py', (lines) => between(between(lines, 12, '', '# more', '# and more'), 2, '# first')),
  'a binary file': (repo) => {
    repo.put('src/logo.bin', Buffer.from([9, 0, 8, 0, 7]))
    edit(repo, 'src/till.py', (lines) => between(lines, 1, ...open(1, 'beside')))
  },
  'lines that end in CRLF': (repo) =>
    repo.put('src/dos.py', text([...code(8, 'dos'), ...open(2), ...code(2, 'more')], '\r\n', '\r\n')),
  'CRLF that becomes LF': (repo) => repo.put('src/dos.py', text(code(8, 'dos'))),
  'blanks and letters in a path': (repo) => repo.put('src/sub dir/größe.py', text([...code(3), ...open(2)])),
  'a mode alone': (repo) => repo.mode('src/cart.py', 0o755),
  'indentation alone': (repo) => edit(repo, 'src/till.py', (lines) => lines.map((line, at) => (at === 3 ? `  ${line}` : line))),
  'a branch that others went on without': (repo) => {
    edit(repo, 'src/till.py', (lines) => between(lines, 5, ...code(3, 'mine'), ...open(1, 'mine_gap')))
    repo.commit('mine')
    repo.git('switch', '-q', 'main')
    edit(repo, 'src/cart.py', (lines) => between(lines, 2, ...open(9, 'theirs')))
    repo.commit('theirs')
    repo.git('switch', '-q', 'change')
  },
}

class Repository {
  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'certify-diff-cover-'))
    this.git('init', '-q', '-b', 'main')
    // Each side is compared as it is, whatever this machine makes of line ends.
    this.git('config', 'core.autocrlf', 'false')
    for (const [path, content] of Object.entries(BASE)) this.put(path, content)
    this.put('.gitignore', `${REPORT}\n.certify/\ncertify-report/\ndiff-cover.json\n`)
    this.put('.github/certification.yml', 'version: 1\nledger: { enabled: false }\n')
    this.commit('base')
    this.git('switch', '-q', '-c', 'change')
  }

  git(...args) {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org']
    return execFileSync('git', [...who, ...args], { cwd: this.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }

  put(path, content) {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), content)
  }

  lines(path) {
    return readFileSync(join(this.root, path), 'utf8').trimEnd().split('\n')
  }

  move(from, to) {
    mkdirSync(dirname(join(this.root, to)), { recursive: true })
    renameSync(join(this.root, from), join(this.root, to))
  }

  remove(path) {
    rmSync(join(this.root, path))
  }

  mode(path, mode) {
    chmodSync(join(this.root, path), mode)
  }

  commit(message) {
    this.git('add', '--all')
    this.git('commit', '-q', '--allow-empty', '-m', message)
  }

  /** A Cobertura report of all Python there is now. */
  report() {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
      .map((entry) => relative(this.root, join(entry.parentPath ?? entry.path, entry.name)))
      .sort()
    const classes = files.map((path) => {
      const rows = readFileSync(join(this.root, path), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          /^\s*\w/.test(line) ? [`<line number="${at + 1}" hits="${line.includes('# open') ? 0 : 1}"/>`] : [],
        )
      return `<class name="${path}" filename="${path}" line-rate="0" branch-rate="0"><methods/><lines>${rows.join('')}</lines></class>`
    })
    const head = '<?xml version="1.0" ?>\n<coverage version="7.0" timestamp="0" line-rate="0" branch-rate="0">'
    const body = `<sources><source>${this.root}</source></sources><packages><package name="."><classes>${classes.join('\n')}</classes></package></packages>`
    this.put(REPORT, `${head}${body}</coverage>\n`)
  }
}

/** `lines`: changed lines that hold code; `open`: those that nothing ran, as `path:line`. */
function byDiffCover({ root }) {
  const args = [REPORT, '--compare-branch', 'main', '--format', 'json:diff-cover.json', '--quiet']
  const ended = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`diff-cover failed: ${ended.stderr || ended.error}`)
  const found = JSON.parse(readFileSync(join(root, 'diff-cover.json'), 'utf8'))
  const open = Object.entries(found.src_stats).flatMap(([path, { violation_lines }]) =>
    violation_lines.map((line) => `${path}:${line}`),
  )
  return { lines: found.total_num_lines, open: new Set(open) }
}

function byCertify(repo) {
  const ended = spawnSync(process.execPath, [cli, 'evaluate', '--json'], { cwd: repo.root, encoding: 'utf8' })
  const { newCode, metrics } = JSON.parse(ended.stdout)
  if (newCode === null || newCode.lines === null) throw new Error(`certify tells no new code: ${JSON.stringify(newCode)}`)
  const parts = metrics.find((metric) => metric.id === newCode.metric).parts.filter((part) => part.state === 'short')
  // A range also spans changed lines without code: which of them hold code, the file says itself.
  const open = parts.flatMap(({ path, ranges }) =>
    ranges.flatMap(([from, to]) =>
      repo
        .lines(path)
        .map((line, at) => [line, at + 1])
        .filter(([line, number]) => number >= from && number <= to && /^\s*\w/.test(line))
        .map(([, number]) => `${path}:${number}`),
    ),
  )
  return { lines: newCode.lines, covered: newCode.covered, open: new Set(open) }
}

function compare(name, asked) {
  const { change, ours: right = null } = typeof asked === 'function' ? { change: asked } : asked
  const repo = new Repository()
  try {
    change(repo)
    repo.commit('change')
    repo.report()
    const theirs = byDiffCover(repo)
    const ours = byCertify(repo)
    const same =
      ours.lines === theirs.lines &&
      ours.lines - ours.covered === theirs.open.size &&
      ours.open.size === theirs.open.size &&
      [...ours.open].every((line) => theirs.open.has(line))
    const shown = `${ours.covered} of ${ours.lines}`
    const mark = right === null ? (same ? '✓' : '✗') : shown === right ? '–' : '✗'
    return { name, mark, ours: shown, theirs: `${theirs.lines - theirs.open.size} of ${theirs.lines}` }
  } finally {
    rmSync(repo.root, { recursive: true, force: true })
  }
}

const version = spawnSync(command, ['--version'], { encoding: 'utf8' })
if (version.status !== 0) {
  console.log(`skipped: ${command} cannot be run (pip install diff-cover)`)
} else {
  const rows = Object.entries(CASES).map(([name, asked]) => compare(name, asked))
  const wide = Math.max(...rows.map((row) => row.name.length))
  console.log(`certify and ${version.stdout.trim()}: covered changed lines of those that hold code\n`)
  console.log(`  ${'diff'.padEnd(wide)}  ${'certify'.padEnd(10)}  diff-cover`)
  for (const { mark, name, ours, theirs } of rows) console.log(`${mark} ${name.padEnd(wide)}  ${ours.padEnd(10)}  ${theirs}`)
  const number = (mark) => rows.filter((row) => row.mark === mark).length
  console.log(
    `\n${number('✓')} agree, ${number('✗')} do not; – ${number('–')} where diff-cover is one line off (docs/metrics.md)`,
  )
  process.exitCode = number('✗') === 0 ? 0 : 1
}
