// What a change changes: its files, and in each the lines that are new. Facts only; nothing here is judged.

/** Lines from..to of the new file, counted from 1, both inclusive; in order, never touching one another. */
export type LineRange = [from: number, to: number]

export interface ChangedFile {
  /** In the repository, with forward slashes; of a deleted file the one it had. */
  path: string
  /** Where it was before, for renamed and copied files. */
  from: string | null
  status: 'added' | 'modified' | 'renamed' | 'copied' | 'deleted'
  /** Added or changed. */
  added: LineRange[]
  /** Why its lines are not known; null: they are. `left_out`: whoever made the diff did not put them in. */
  unread: 'binary' | 'left_out' | null
  /** What says that nobody wrote it by hand, a sentence's beginning of ours; null: nothing that may be trusted. */
  generated: string | null
}

export interface Diff {
  /** Commit it is told from; null: not known. */
  base: string | null
  files: ChangedFile[]
  /** Why it is not complete, a sentence of ours; then nothing may be concluded from what is there (decision 5). */
  problem: string | null
}

/** A diff of which nothing is known but why. */
export function unknownDiff(problem: string, base: string | null = null): Diff {
  return { base, files: [], problem }
}

/** Makes facts of what git or GitHub's API says of a change. */
export interface DiffReader {
  git(text: string): Pick<Diff, 'files' | 'problem'>
  /** The hunks of one file, with the number of its added lines; null: they are not whole. */
  patch(text: string): { added: LineRange[]; plus: number } | null
}
