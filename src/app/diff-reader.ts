// The reading of diffs, for the adapters that get one from git or from the API.
import { readGitDiff } from '../evidence/diff/git-diff.ts'
import { readPatch } from '../evidence/diff/hunks.ts'
import type { DiffReader } from '../model/diff.ts'

export const DIFF_READER: DiffReader = { git: readGitDiff, patch: readPatch }
