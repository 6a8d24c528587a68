// Two events start a run on another commit than the one it is about. What lies in its workspace is then not that commit's.
import type { RunContext } from '../adapters/github/context.ts'
import type { Files, Git, Ports } from '../app/ports.ts'

const STARTED_ELSEWHERE = ['pull_request_target', 'workflow_run']

/** null: the workspace is of the commit that is judged, or nothing of it is read anyway. */
export function elsewhereOf(
  { trigger, runCommit, reporting, subject }: Pick<RunContext, 'trigger' | 'runCommit' | 'reporting' | 'subject'>,
  git: Pick<Git, 'head' | 'parents'>,
): NonNullable<Ports['elsewhere']> | null {
  if (reporting || !STARTED_ELSEWHERE.includes(trigger)) return null
  const { commit } = subject
  const at = git.head() ?? runCommit
  const ofHead = commit !== null && (at === commit || git.parents().includes(commit))
  if (trigger === 'pull_request_target' && ofHead) return { commit: at, head: true }
  return at === commit ? null : { commit: at, head: false }
}

/** Nothing in it is found; what a run writes is written as ever. */
export function unread(files: Files): Files {
  return {
    find: () => ({ files: [], unusable: [] }),
    readText: () => null,
    exists: () => false,
    open: (path) => files.open(path),
    textOf: (path, maxBytes) => files.textOf(path, maxBytes),
    writeNew: (folder, content) => files.writeNew(folder, content),
    write: (path, content) => files.write(path, content),
  }
}
