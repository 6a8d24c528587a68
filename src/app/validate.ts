// `certify validate`: the config alone, every problem at once with line, column and fix.
import { extendsOf, resolveConfig } from '../config/resolve.ts'
import { CertifyError } from '../model/problem.ts'
import { renderValidation } from '../reporting/renderers/validation.ts'
import { CONFIG_PATHS, type Ended, type Invocation } from './invocation.ts'
import type { Ports } from './ports.ts'

/** Reads the file as it lies in the workspace: this command is for whoever is writing it. */
export async function validate(invocation: Invocation, ports: Ports): Promise<Ended> {
  const path = invocation.config.named
    ? invocation.config.path
    : (CONFIG_PATHS.find((p) => ports.files.exists(p)) ?? invocation.config.path)
  const { text } = await ports.policy.trusted(path)
  if (text === null && invocation.config.named) {
    throw new CertifyError('config_missing', `the config ${path} does not exist`, { hint: 'correct the path' })
  }
  const base = await baseOf(text, ports)
  const resolved = resolveConfig({
    text,
    path,
    source: text === null ? 'defaults' : path,
    base: base instanceof CertifyError ? null : base,
    env: ports.env,
    inputs: { level: invocation.level, evidence: invocation.evidence, artifacts: invocation.artifacts },
    event: ports.subject.event,
    mayLoosen: true,
    now: ports.clock.now(),
  })
  const problems = resolved.problems.map((problem) =>
    problem.code === 'extends_missing' && base instanceof CertifyError
      ? { ...problem, message: `${problem.message}: ${base.message}`, hint: base.hint ?? problem.hint }
      : problem,
  )
  const output = invocation.json
    ? `${JSON.stringify(
        {
          ok: resolved.config !== null,
          source: resolved.source,
          digest: resolved.digest,
          problems,
          notices: resolved.notices,
          loosened: resolved.loosened,
          ignored: resolved.ignored,
          not_in_force: resolved.config?.notInForce ?? [],
        },
        null,
        2,
      )}\n`
    : renderValidation({ ...resolved, problems }, { color: invocation.colour, width: invocation.width })
  return { exit: resolved.config === null ? 2 : 0, output, result: null }
}

/** What `extends:` names. That it cannot be read is one problem among the others: the rest is still checked. */
async function baseOf(text: string | null, ports: Ports): Promise<{ text: string; source: string } | CertifyError | null> {
  const reference = text === null ? null : extendsOf(text)
  if (reference === null) return null
  try {
    return await ports.policy.remote(reference)
  } catch (error) {
    if (error instanceof CertifyError) return error
    throw error
  }
}
