// The change as a laptop knows it: a clean work tree or not; drafts, conflicts and upstream jobs are GitHub's to know.
import type { Ancestry, Change, Git } from '../../app/ports.ts'
import type { ChangeState, ProducerState } from '../../model/judgement.ts'

export class LocalChange implements Change {
  private readonly git: Git

  constructor(git: Git) {
    this.git = git
  }

  async state(): Promise<ChangeState> {
    return { draft: null, conflict: null, cleanWorkTree: this.git.clean() }
  }

  async ancestors(): Promise<Ancestry> {
    return this.git.ancestors()
  }

  async producers(): Promise<ProducerState[]> {
    return []
  }
}
