// The bounds on hostile input that adapters hold, taken from the one list of defaults.
import { DEFAULT_LIMITS } from '../evidence/limits.ts'

const { fileBytes, totalBytes, entries, ratio } = DEFAULT_LIMITS

export const ARTIFACT_LIMITS = { fileBytes, totalBytes, entries, ratio }
