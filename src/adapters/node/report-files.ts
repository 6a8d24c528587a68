// The report folder: result.json for programs, the same report as Markdown for people.
import type { Files, Publisher } from '../../app/ports.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { Result } from '../../model/result.ts'

export type Rendering = { file: string; render: (result: Result, ledger: LedgerNote) => string }

export class ReportFiles implements Publisher {
  readonly id = 'the report folder'
  private readonly files: Pick<Files, 'write'>
  private readonly folder: string
  private readonly renderings: readonly Rendering[]

  constructor(files: Pick<Files, 'write'>, folder: string, renderings: readonly Rendering[]) {
    this.files = files
    this.folder = folder
    this.renderings = renderings
  }

  async publish(result: Result, ledger: LedgerNote): Promise<void> {
    for (const { file, render } of this.renderings) this.files.write(`${this.folder}/${file}`, render(result, ledger))
  }
}
