// Which configuration decides: the trusted ref's, resolved with environment and inputs; the head's only for comparison.
import { comparePolicy } from '../config/compare.ts'
import { type ConfigInput, extendsOf, resolveConfig } from '../config/resolve.ts'
import type { Resolved } from '../model/config.ts'
import { CertifyError } from '../model/problem.ts'
import { CONFIG_PATHS, type Invocation } from './invocation.ts'
import type { Ports } from './ports.ts'

export interface DecidedPolicy {
  resolved: Resolved
  changedInHead: { tightened: string[]; loosened: string[] } | null
}

/** Throws CertifyError where a named or trusted config cannot be read; a config with mistakes comes back with its problems. */
export async function decidePolicy(invocation: Invocation, ports: Ports): Promise<DecidedPolicy> {
  const found = await readTrusted(invocation, ports)
  const resolved = resolveConfig(await inputOf(found, invocation, ports))
  if (resolved.config === null) return { resolved, changedInHead: null }
  return { resolved, changedInHead: await compareHead(found.path, resolved, invocation, ports) }
}

interface FoundConfig {
  text: string | null
  path: string
  source: string
}

/** The default branch's config, or the one of a branch that it lists in `policy_refs` (decision 10). */
async function readTrusted(invocation: Invocation, ports: Ports): Promise<FoundConfig> {
  const standard = await readAt(undefined, invocation, ports)
  const { name } = ports.branch
  if (standard.text === null || name === null || ports.branch.isDefault || !ports.inAction) return standard
  const { config } = resolveConfig(await inputOf(standard, invocation, ports))
  return config?.policyRefs.includes(name) ? readAt(name, invocation, ports) : standard
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
  }
}

/** A pull request's own version of the policy never counts; what it would change is shown (proof 11). */
async function compareHead(
  path: string,
  trusted: Resolved,
  invocation: Invocation,
  ports: Ports,
): Promise<DecidedPolicy['changedInHead']> {
  const text = await ports.policy.head(path)
  if (text === null || trusted.config === null) return null
  const head = resolveConfig(await inputOf({ text, path, source: 'the pull request' }, invocation, ports))
  if (head.config === null)
    return {
      tightened: [],
      loosened: [`${path} in this pull request has ${head.problems.length} problem(s) and would be refused`],
    }
  const changes = comparePolicy(trusted.config, head.config)
  return changes.tightened.length + changes.loosened.length === 0 ? null : changes
}
