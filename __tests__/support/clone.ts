// Real git repositories in temporary folders, as tests need them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export class Clone {
  constructor(readonly root: string) {}

  /** An empty repository whose first branch is `main`. */
  static empty(): Clone {
    const clone = new Clone(temporaryFolder())
    clone.git('init', '-q', '-b', 'main')
    return clone
  }

  /** A repository whose only commit holds these files. */
  static of(files: Record<string, string>): Clone {
    const clone = Clone.empty()
    for (const [path, content] of Object.entries(files)) clone.put(path, content)
    clone.commit()
    return clone
  }

  put(path: string, content = 'x\n'): void {
    put(this.root, path, content)
  }

  /** Commits everything there is and returns the commit. `at`: the committer's date, with its time zone. */
  commit(at = '2026-11-01T10:00:00+02:00'): string {
    this.git('add', '--all')
    this.git('commit', '-q', '--allow-empty', '-m', 'change', { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at })
    return this.git('rev-parse', 'HEAD').trim()
  }

  git(...words: (string | Record<string, string>)[]): string {
    const args = words.filter((word) => typeof word === 'string')
    const env = Object.assign({}, ...words.filter((word) => typeof word !== 'string'))
    return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
  }

  /** A clone of this one over a URL, so that `--depth` counts. */
  cloned(...options: string[]): Clone {
    const root = join(temporaryFolder(), 'clone')
    this.git('clone', '-q', ...options, `file://${this.root}`, root)
    return new Clone(root)
  }
}

export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'certify-test-')))
}

export function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
