// Which configuration decides: the trusted ref's, resolved with environment and inputs; the head's only for comparison.
import type { ConfigInput } from '../config/resolve.ts'
import type { Config, Resolved } from '../model/config.ts'
import type { Diff } from '../model/diff.ts'
import { CertifyError } from '../model/problem.ts'
import { CONFIG_PATHS, type Invocation } from './invocation.ts'
import type { Ports } from './ports.ts'
import { vexInHead, withVex } from './vex.ts'

export interface DecidedPolicy {
  resolved: Resolved
  path: string
  /** As it was read; null: there is none. */
  text: string | null
  /** The branch it was read from; undefined: the default branch. Whatever else is policy is read there too (decision 11). */
  branch: string | undefined
}

/** The config room is a third of the program: it loads while the policy's text is on its way. */
const loadConfigRoom = () => import('../config/resolve.ts')

export type HeadChanges = { tightened: string[]; loosened: string[] }

/** Throws CertifyError where a named or trusted config cannot be read; a config with mistakes comes back with its problems. */
export async function decidePolicy(invocation: Invocation, ports: Ports): Promise<DecidedPolicy> {
  void loadConfigRoom()
  const { branch, ...found } = await readTrusted(invocation, ports)
  const { resolveConfig } = await loadConfigRoom()
  const { path, text } = found
  const resolved = resolveConfig(await inputOf(found, invocation, ports))
  return { resolved: await withVex(resolved, ports.policy, branch), path, text, branch }
}

/** The config alone, for who can do nothing without one. Throws CertifyError `config_invalid` with every problem of it. */
export async function decidedConfig(invocation: Invocation, ports: Ports): Promise<Config> {
  const { resolved } = await decidePolicy(invocation, ports)
  if (resolved.config !== null) return resolved.config
  throw new CertifyError('config_invalid', `${resolved.source} has ${resolved.problems.length} problem(s)`, {
    problems: resolved.problems,
  })
}

interface FoundConfig {
  text: string | null
  path: string
  source: string
}

/** The default branch's config, or the one of a branch that it lists in `policy_refs`, where that has one (decision 10). */
async function readTrusted(invocation: Invocation, ports: Ports): Promise<FoundConfig & Pick<DecidedPolicy, 'branch'>> {
  const standard = { ...(await readAt(undefined, invocation, ports)), branch: undefined }
  const { name } = ports.branch
  if (standard.text === null || name === null || ports.branch.isDefault || !ports.inAction) return standard
  const { resolveConfig } = await loadConfigRoom()
  const { config } = resolveConfig(await inputOf(standard, invocation, ports))
  if (!config?.policyRefs.includes(name)) return standard
  const own = await readAt(name, invocation, ports)
  return own.text === null ? standard : { ...own, branch: name }
}

async function readAt(branch: string | undefined, invocation: Invocation, ports: Ports): Promise<FoundConfig> {
  const paths = invocation.config.named ? [invocation.config.path] : CONFIG_PATHS
  for (const path of paths) {
    const { text, source } = await ports.policy.trusted(path, branch)
    if (text !== null) return { text, path, source }
  }
  if (invocation.config.named) {
    throw new CertifyError('config_missing', `the config ${invocation.config.path} does not exist on the ref that decides`, {
      hint: 'correct the path, or commit the file to the default branch first',
    })
  }
  return { text: null, path: CONFIG_PATHS[0], source: 'defaults' }
}

async function inputOf(found: FoundConfig, invocation: Invocation, ports: Ports): Promise<ConfigInput> {
  const { extendsOf } = await loadConfigRoom()
  const reference = found.text === null ? null : extendsOf(found.text)
  return {
    text: found.text,
    path: found.path,
    source: found.source,
    base: reference === null ? null : await ports.policy.remote(reference),
    env: ports.env,
    inputs: { level: invocation.level, evidence: invocation.evidence, artifacts: invocation.artifacts },
    event: ports.subject.event,
    mayLoosen: ports.subject.event !== 'pull_request',
    now: ports.clock.now(),
  }
}

/**
 * A pull request's own version of the policy never counts; what it would change is shown (proof 11).
 * So nothing in it can keep the run from being judged: what cannot be compared is said instead. Where the change is known
 * not to touch it (`diff`; null: not known), nobody is asked: what its base lacks of the trusted policy is not of its making.
 */
export async function compareHead(
  policy: DecidedPolicy,
  diff: Diff | null,
  invocation: Invocation,
  ports: Ports,
): Promise<HeadChanges | null> {
  const { config } = policy.resolved
  const touched = (path: string): boolean => diff === null || !leavesAlone(diff, path)
  const own = touched(policy.path) ? await compareText(policy, invocation, ports) : null
  const vex = config === null ? [] : await vexInHead(config, ports.policy, touched)
  return vex.length === 0 ? own : { tightened: own?.tightened ?? [], loosened: [...(own?.loosened ?? []), ...vex] }
}

async function compareText(policy: DecidedPolicy, invocation: Invocation, ports: Ports): Promise<HeadChanges | null> {
  const { path, resolved } = policy
  const text = await ports.policy.head(path)
  // What is the same, word for word, changes nothing.
  if (text === null || text === policy.text || resolved.config === null) return null
  const refused = (why: string): HeadChanges => ({ tightened: [], loosened: [`${path} in this pull request ${why}`] })
  const { resolveConfig, comparePolicy } = await loadConfigRoom()
  try {
    const head = resolveConfig(await inputOf({ text, path, source: 'the pull request' }, invocation, ports))
    if (head.config === null) return refused(`has ${head.problems.length} problem(s) and would be refused`)
    const changes = comparePolicy(resolved.config, head.config)
    return changes.tightened.length + changes.loosened.length === 0 ? null : changes
  } catch (error) {
    if (error instanceof CertifyError) return refused(`could not be compared: ${error.message}`)
    throw error
  }
}

/** The whole change is known, and the file is not in it. */
function leavesAlone({ files, problem }: Diff, path: string): boolean {
  return problem === null && files.every((file) => file.path !== path && file.from !== path)
}
