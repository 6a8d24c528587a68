// `certify doctor`: is the repository set up so that the gates really hold? Gathers what can be told, judges it, says the rest is unknown.
import { environmentsOf, slotsOf } from '../gates/approvals.ts'
import { guardAhead } from '../gates/environment-guard.ts'
import { examine } from '../maintenance/doctor/examine.ts'
import type { Config, GateConfig } from '../model/config.ts'
import type { FailOn } from '../model/outcome.ts'
import { CertifyError } from '../model/problem.ts'
import type { Reason } from '../model/reason.ts'
import type { AskedEnvironment, Finding, SetupFacts, Told, WorkflowFile } from '../model/setup.ts'
import { doctorDocument, renderDoctor, renderDoctorMarkdown } from '../reporting/renderers/doctor.ts'
import type { Ended, Invocation } from './invocation.ts'
import { decidePolicy } from './policy.ts'
import type { Ports } from './ports.ts'
import type { Setup } from './setup-port.ts'

const WORKFLOW_GLOBS = ['.github/workflows/*.yml', '.github/workflows/*.yaml']
const MAX_WORKFLOWS = 200
const MAX_WORKFLOW_BYTES = 1024 * 1024
const NEEDS_GITHUB: Told<never> = { known: false, why: 'needs GitHub: set GITHUB_TOKEN, in a clone of the repository' }

/** `host` null: there is no token, so only files are looked at. Exit 1 where something does not hold, by `failOn`. */
export async function doctor(invocation: Invocation, ports: Ports, host: Setup | null): Promise<Ended> {
  const findings = examine(await gatherSetup(invocation, ports, host))
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: exitOf(findings, invocation.failOn),
    output: invocation.json ? doctorDocument(findings) : renderDoctor(findings, look),
    summary: renderDoctorMarkdown(findings),
    result: null,
  }
}

async function gatherSetup(invocation: Invocation, ports: Ports, host: Setup | null): Promise<SetupFacts> {
  const ask = <T>(question: (setup: Setup) => Promise<T>): Promise<Told<T>> =>
    host === null ? Promise.resolve(NEEDS_GITHUB) : told(() => question(host))
  const { resolved } = await decidePolicy(invocation, ports)
  const { config } = resolved
  const repository = await ask((setup) => setup.repository())
  const defaultBranch = repository.known ? repository.value.defaultBranch : (ports.branch.name ?? 'main')
  return {
    name: invocation.name,
    config,
    source: resolved.source,
    problems: resolved.problems.length,
    repository,
    branch: await ask((setup) => setup.branch(defaultBranch)),
    actions: await ask((setup) => setup.actions()),
    retention: await ask((setup) => setup.retentionDays()),
    workflows: ports.inAction ? await ask((setup) => setup.workflows(defaultBranch)) : await told(async () => fromFiles(ports)),
    environments: config === null ? [] : await environments(config, defaultBranch, ask),
    inAction: ports.inAction,
  }
}

type Ask = <T>(question: (setup: Setup) => Promise<T>) => Promise<Told<T>>

async function environments(config: Config, defaultBranch: string, ask: Ask): Promise<AskedEnvironment[]> {
  if (config.manualReview.mechanism !== 'environment') return []
  const asked: AskedEnvironment[] = []
  for (const gate of config.gates.filter((one) => one.enabled && one.manualApproval))
    for (const name of environmentsOf(gate)) {
      const rules = await ask((setup) => setup.environment(name))
      asked.push({ gate: gate.number, name, slots: slotsIn(gate, name), rules, ...guarded(gate, rules, config, defaultBranch) })
    }
  return asked
}

function slotsIn(gate: GateConfig, environment: string): number {
  return slotsOf(gate).filter((slot) => slot.required && slot.distinct && (slot.environment ?? gate.environment) === environment)
    .length
}

/** What the gate itself would say, for a ref that may come to it. */
function guarded(
  gate: GateConfig,
  rules: AskedEnvironment['rules'],
  { manualReview }: Config,
  defaultBranch: string,
): Pick<AskedEnvironment, 'refusals' | 'warnings'> {
  if (!rules.known) return { refusals: [], warnings: [] }
  const found = guardAhead(rules.value, gate, manualReview, defaultBranch)
  return { refusals: found.refusals.flatMap(settingOf), warnings: found.warnings.flatMap(settingOf) }
}

function settingOf({ code, args }: Reason): { setting: string; fix: string }[] {
  return code === 'environment_unsafe' || code === 'environment_warning' ? [{ setting: args.setting, fix: args.fix }] : []
}

function fromFiles({ files }: Ports): WorkflowFile[] {
  return files.find(WORKFLOW_GLOBS, MAX_WORKFLOWS).files.flatMap(({ path }) => {
    const text = files.readText(path, MAX_WORKFLOW_BYTES)
    return text === null ? [] : [{ path, text }]
  })
}

/** That something cannot be asked is a finding; anything but a CertifyError is a mistake of ours. */
async function told<T>(ask: () => Promise<T>): Promise<Told<T>> {
  try {
    return { known: true, value: await ask() }
  } catch (error) {
    if (error instanceof CertifyError) return { known: false, why: error.message }
    throw error
  }
}

/** `failed` is what is broken, `pending` what is not known too, `warn` every risk as well. */
function exitOf(findings: readonly Finding[], failOn: FailOn): 0 | 1 {
  const counts: Record<FailOn, Finding['state'][]> = {
    never: [],
    failed: ['broken'],
    pending: ['broken', 'unknown'],
    warn: ['broken', 'unknown', 'risk'],
  }
  return findings.some(({ state }) => counts[failOn].includes(state)) ? 1 : 0
}
