// actions/upload-artifact and actions/download-artifact, on the stand-in's artifacts.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import picomatch from 'picomatch'
import type { Artifact } from '../github/state.ts'
import { zip } from '../github/zip.ts'
import type { Room, StepLeft } from './runner.ts'
import { unzip } from './unzip.ts'

/** Names are taken once in each attempt of a run. */
const attempts = new WeakMap<Artifact, number>()

const failed = (log: string): StepLeft => ({ outputs: {}, exit: 1, log: `::error::${log}\n`, summary: '' })

export async function uploadStep(inputs: Record<string, string>, { world, attempt, workspace }: Room): Promise<StepLeft> {
  const { name = 'artifact', path = '' } = inputs
  const { state } = world.github
  if (/["'<>|*?\r\n\\/:]/.test(name)) return failed(`The artifact name is not valid: ${name}`)
  const given = path.split('\n').filter((line) => line.trim() !== '')
  const found = given.map((line) => join(workspace, line.trim())).filter((one) => existsSync(one))
  const files = found.flatMap((one) => (statSync(one).isDirectory() ? below(one) : [one]))
  if (files.length === 0)
    return inputs['if-no-files-found'] === 'error'
      ? failed(`No files were found with the provided path: ${path}`)
      : { outputs: {}, exit: 0, log: '::warning::No files were found\n', summary: '' }
  const taken = state.artifacts.find((one) => one.runId === world.run && one.name === name && attempts.get(one) === attempt)
  if (taken !== undefined) {
    if (inputs.overwrite !== 'true') return failed('an artifact with this name already exists on the workflow run')
    state.artifacts.splice(state.artifacts.indexOf(taken), 1)
  }
  const root = found.length === 1 ? (statSync(found[0]!).isDirectory() ? found[0]! : dirname(found[0]!)) : workspace
  const packed = files.sort().map((file) => ({ path: relative(root, file), content: readFileSync(file) }))
  const artifact = state.addArtifact(world.run, name, zip(packed))
  attempts.set(artifact, attempt)
  const digest = (artifact.digest ?? '').replace('sha256:', '')
  return { outputs: { 'artifact-id': String(artifact.id), 'artifact-digest': digest }, exit: 0, log: '', summary: '' }
}

function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** By id or by name into the path itself; by pattern each into a folder of its own name. Of one name the latest. Of this run or a named one. */
export async function downloadStep(inputs: Record<string, string>, { world, workspace }: Room): Promise<StepLeft> {
  const target = join(workspace, inputs.path ?? '')
  const run = Number(inputs['run-id'] || world.run)
  const own = world.github.state.artifacts.filter((one) => one.runId === run && one.finalized)
  const latest = [...new Map(own.map((one) => [one.name, one])).values()]
  const { name, pattern, 'artifact-ids': ids } = inputs
  const chosen =
    ids !== undefined
      ? own.filter((one) => ids.split(',').includes(String(one.id)))
      : name !== undefined
        ? latest.filter((one) => one.name === name)
        : latest.filter((one) => picomatch(pattern ?? '*')(one.name))
  if (chosen.length === 0 && pattern === undefined) return failed(`Artifact not found: ${ids ?? name}`)
  for (const artifact of chosen) {
    if (artifact.expired) return failed(`Artifact has expired: ${artifact.name}`)
    const folder = pattern === undefined ? target : join(target, basename(artifact.name))
    for (const [path, bytes] of unzip(artifact.blob)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
  }
  return { outputs: { 'download-path': target }, exit: 0, log: '', summary: '' }
}
