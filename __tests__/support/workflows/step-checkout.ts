// actions/checkout: the repository's files, tracked, in the workspace.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Room, StepLeft } from './runner.ts'

export async function checkoutStep({ ref }: Record<string, string>, { workspace, world }: Room): Promise<StepLeft> {
  const made = checkOut(workspace, world.files, world.committedAt)
  // No repository made here has the hash that was asked for: the files alone, as where a runner has no git.
  if (/^[0-9a-f]{40}$/.test(ref ?? '') && ref !== made) rmSync(join(workspace, '.git'), { recursive: true })
  return { outputs: {}, exit: 0, log: '', summary: '' }
}

/** The commit that is checked out: of the same files at the same time it is the same one. */
export function checkOut(workspace: string, files: Record<string, string>, at = new Date().toISOString()): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 })
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: workspace,
      env: { ...process.env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    })
  git('init', '-q')
  git('add', '--all')
  git('commit', '-q', '--allow-empty', '-m', 'sources')
  return git('rev-parse', 'HEAD').trim()
}
