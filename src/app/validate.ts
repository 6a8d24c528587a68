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
  const reference = text === null ? null : extendsOf(text)
  const resolved = resolveConfig({
    text,
    path,
    source: text === null ? 'defaults' : path,
    base: reference === null ? null : await ports.policy.remote(reference),
    env: ports.env,
    inputs: { level: invocation.level, evidence: invocation.evidence, artifacts: invocation.artifacts },
    event: ports.subject.event,
    mayLoosen: true,
  })
  const output = invocation.json
    ? `${JSON.stringify(
        {
          ok: resolved.config !== null,
          source: resolved.source,
          digest: resolved.digest,
          problems: resolved.problems,
          notices: resolved.notices,
          loosened: resolved.loosened,
          ignored: resolved.ignored,
          not_in_force: resolved.config?.notInForce ?? [],
        },
        null,
        2,
      )}\n`
    : renderValidation(resolved, { color: invocation.colour, width: invocation.width })
  return { exit: resolved.config === null ? 2 : 0, output, result: null }
}
