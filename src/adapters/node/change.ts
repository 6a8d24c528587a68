// The change as a laptop knows it: a clean work tree or not, and what differs from the default branch; the rest is GitHub's to know.
import type { Ancestry, Change, Git } from '../../app/ports.ts'
import { type Diff, type DiffReader, unknownDiff } from '../../model/diff.ts'
import type { ChangeState, ProducerState } from '../../model/judgement.ts'

/** Where a clone does not say which branch is the default one. */
const USUAL_DEFAULTS = ['main', 'master']

export class LocalChange implements Change {
  private readonly git: Git
  private readonly read: DiffReader
  private readonly written: readonly string[]

  /** `written`: folders that certify itself writes to, a run's own output being no change of the user's. */
  constructor(git: Git, read: DiffReader, written: readonly string[] = []) {
    this.git = git
    this.read = read
    this.written = written
  }

  async state(): Promise<ChangeState> {
    const own = (path: string): boolean => this.written.some((folder) => path.startsWith(`${folder}/`))
    return { draft: null, conflict: null, changed: this.git.changed()?.filter((path) => !own(path)) ?? null }
  }

  async ancestors(): Promise<Ancestry> {
    return this.git.ancestors()
  }

  async producers(): Promise<ProducerState[]> {
    return []
  }

  /** Of the work tree, as that is what was tested: against the default branch, on that branch itself against the commit before. */
  async diff(): Promise<Diff | null> {
    const { git } = this
    if (git.head() === null) return unknownDiff('this folder is no git clone with a commit in it')
    const standard = this.defaultBranch()
    if (standard === null) return null
    const base = git.branch() === standard.name ? (git.parents()[0] ?? null) : git.mergeBase(standard.ref)
    // The first commit of all has nothing before it.
    if (base === null && git.branch() === standard.name) return null
    if (base === null) return unknownDiff(`this clone does not tell where the change left ${standard.name}`)
    const text = git.diff(base, 'work_tree')
    return text === null
      ? unknownDiff(`commit ${base.slice(0, 12)} is not in this clone`, base)
      : { base, ...this.read.git(text) }
  }

  private defaultBranch(): { name: string; ref: string } | null {
    const told = this.git.defaultBranch()
    if (told !== null) return { name: told.replace(/^origin\//, ''), ref: told }
    const usual = USUAL_DEFAULTS.find((name) => this.git.hasBranch(name))
    if (usual === undefined) return null
    // The branch's own place, its remote one, as `hasBranch` looks.
    const ref = [`refs/heads/${usual}`, `refs/remotes/origin/${usual}`].find((one) => this.git.mergeBase(one) !== null)
    return { name: usual, ref: ref ?? usual }
  }
}
