// A run of which all is well but for one report, which a criterion of level 1 and so gate 1 hang on. Any value of it would do.
import type { Artifacts, FoundFile } from '../../src/app/ports.ts'
import type { ProducerState } from '../../src/model/judgement.ts'
import type { Result } from '../../src/model/result.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { evaluate } from './evaluated.ts'
import { invocation, world } from './ports.ts'
import { POLICY, readyFiles } from './ready-repository.ts'

const CONFIG = '.github/certification.yml'
/** After anything that a fixture says of the time it was made. */
const LATER = new Date('2027-06-01T12:00:00Z')
const OWN_RUN = 7

export interface Probe {
  path: string
  /** null: the report is not there. */
  content: string | Uint8Array | null
  /** What the policy says of the metric `probe`, in YAML; `EVIDENCE` stands for the entry of the report. */
  metric: string
  /** What its criterion asks for; left out: anything at all. */
  limit?: string
  /** Further sections of the policy. */
  more?: string
  /** The format that the entry names; left out: whichever knows it. */
  format?: string
  maxAge?: string
  /** Of the file, and of its last commit; left out: as it should be. */
  modifiedAt?: string
  /** The commit that is judged. */
  commit?: string
  tracked?: boolean
  /** Left out: the report lies in the workspace. `run`: of this one or another; `altered`: its digest is not what was uploaded. */
  artifact?: { run?: number; altered?: boolean }
  producers?: ProducerState[]
  inAction?: boolean
}

export interface Probed {
  result: Result
  /** Of the criterion. */
  outcome: string
  /** True where the verdict is passed or any gate is open: what only a report that was evaluated may do. */
  opened: boolean
  /** What a person reads. */
  said: string
}

export async function probed(probe: Probe): Promise<Probed> {
  const { path, content, artifact, maxAge, inAction = false } = probe
  const entry = `[{ path: ${JSON.stringify(path)}${artifact ? ', artifact: probe' : ''}${probe.format ? `, format: ${probe.format}` : ''} }]`
  const metric = probe.metric.replace('EVIDENCE', entry)
  const policy = `${POLICY}  probe: { level: component, ${metric}${maxAge ? `, max_age: ${maxAge}` : ''} }
certification_levels: { level_1: { validation_criteria: { probe: "${probe.limit ?? '>= 0%'}" } } }
${probe.more ?? ''}`
  const files: Record<string, string | Uint8Array> = { [CONFIG]: policy, ...readyFiles() }
  if (content !== null && artifact === undefined) files[path] = content
  const there = world(files, {
    inAction,
    tracked: probe.tracked ? [path] : [],
    clock: { kind: 'fixed', now: () => LATER },
    artifacts: artifact === undefined ? null : artifactOf(path, content, artifact),
    change: {
      state: async () => ({ draft: false, conflict: false, changed: [] }),
      producers: async () => probe.producers ?? [],
      ancestors: async () => ({ commits: null, problem: null }),
      diff: async () => null,
    },
  })
  there.subject = { ...there.subject, run: OWN_RUN, commit: probe.commit ?? there.subject.commit }
  const modified = (at: string) => (at === path && probe.modifiedAt) || LATER.toISOString()
  there.git = { ...there.git, changedAt: modified }
  const find = there.files.find.bind(there.files)
  there.files.find = (globs, limit) => {
    const found = find(globs, limit)
    return { ...found, files: found.files.map((file: FoundFile) => ({ ...file, modifiedAt: modified(file.path) })) }
  }
  const result = await evaluate(invocation(), there)
  const criterion = result.levels.flatMap((level) => level.criteria).find((one) => one.id === 'probe')
  return {
    result,
    outcome: criterion?.outcome ?? 'none',
    opened: result.decision.verdict === 'passed' || result.gates.some((gate) => gate.state === 'open' || gate.proceed),
    said: renderTerminal(result, { color: false, width: 400 }),
  }
}

function artifactOf(
  path: string,
  content: Probe['content'],
  { run = OWN_RUN, altered }: NonNullable<Probe['artifact']>,
): Artifacts {
  const digest = altered ? `sha256:${'0'.repeat(64)}` : null
  return {
    find: async (pattern, globs) => {
      if (pattern !== 'probe' || content === null) return { files: [], unusable: [], matched: [] }
      const { files } = world({ [path]: content }).files.find(globs, 10)
      const origin = { type: 'artifact', name: 'probe', id: 1, runId: run, digest, digestChecked: !altered } as const
      return {
        files: files.map((file) => ({ ...file, origin, modifiedAt: LATER.toISOString() })),
        unusable: [],
        matched: ['probe'],
      }
    },
    dispose: () => {},
  }
}
