// The default bounds on hostile input, each a named number that docs/limits.md explains.
import type { Limits } from './format.ts'

const MiB = 1024 * 1024

export const DEFAULT_LIMITS: Limits = {
  /** One report. The largest real ones seen are coverage files of a few hundred megabytes. */
  fileBytes: 512 * MiB,
  /** All reports of one run together. */
  totalBytes: 2048 * MiB,
  /** Files of one run; a matrix of hundreds of jobs with tens of files each fits. */
  files: 20_000,
  /** Nesting of elements, objects or suites. */
  depth: 200,
  /** Attributes of one element. */
  attributes: 256,
  /** Characters of an element, attribute or key name. */
  nameLength: 1024,
  /** Characters kept of one text (message, trace): longer ones are cut, not refused. */
  textLength: 64 * 1024,
  /** Entries of one archive. */
  entries: 20_000,
  /** Uncompressed to compressed bytes of one archive. */
  ratio: 200,
  /** Findings kept of one report. */
  findings: 200_000,
  /** Problems reported of one file. */
  problems: 20,
  /** Lines that all evidence bundles of one run unfold to: 400 MB of line hits. */
  bundleLines: 50_000_000,
}

/** Bytes looked at to tell a file's format. */
export const HEAD_BYTES = 16 * 1024
