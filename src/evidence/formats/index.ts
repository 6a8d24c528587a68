// Every report format that certify reads: one line each, in the order docs/formats.md lists them.
import type { Format } from '../format.ts'

export const FORMATS: readonly Format[] = []
