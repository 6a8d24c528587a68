// The step's outputs and its summary, by the files the runner names.

import { accessSync, appendFileSync, constants, statSync } from 'node:fs'
import { setOutput } from '@actions/core'
import type { Log, Publisher } from '../../app/ports.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { Result } from '../../model/result.ts'

/** GitHub drops a larger one, with an error on the run (github-facts.md 1.4). */
export const SUMMARY_BYTES = 1024 * 1024

/** Values must be of known shape (enumerations, ids, JSON): callers paste them into expressions. */
export function writeOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
}

export interface SummaryOptions {
  /** The runner's GITHUB_STEP_SUMMARY file; undefined where there is none. */
  file: string | undefined
  log: Pick<Log, 'warn'>
  render: (result: Result, ledger: LedgerNote, maxBytes: number) => string
}

export class SummaryPublisher implements Publisher {
  readonly id = 'summary'

  constructor(private readonly options: SummaryOptions) {}

  async publish(result: Result, ledger: LedgerNote): Promise<void> {
    const { file, log, render } = this.options
    if (!file) return
    try {
      const room = SUMMARY_BYTES - sizeOf(file) - 2
      const text = render(result, ledger, room)
      if (Buffer.byteLength(text) > room) {
        log.warn(
          `the step summary is left out: ${Buffer.byteLength(text)} bytes do not fit into the ${room} that this step has left; the report folder has it`,
        )
        return
      }
      appendSummary(file, text)
    } catch (error) {
      log.warn(`the step summary was not written: ${error instanceof Error ? error.message : String(error)}; the verdict stands`)
    }
  }
}

/** The runner's file, to which each command of the step adds; one that is not there is an error, as it would be read by nobody. */
export function appendSummary(file: string, text: string): void {
  accessSync(file, constants.W_OK)
  appendFileSync(file, `${text}\n`)
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0 // What is wrong with it is said when it is written.
  }
}
