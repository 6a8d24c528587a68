// Why an outcome is what it is: a closed union of codes with their arguments. The words live in reporting/messages.ts alone.

/** What a value was held against: made from so many runs of the branch (0: fixed by the policy). */
export interface Against {
  value: number
  samples: number
  /** How several samples became one: `median`. */
  by: string
  /** Of runs that passed, not just of any. */
  passing: boolean
  branch: string | null
}

export interface ReasonArgs {
  /** A number against its limit: "94.9 % is not > 95 %". */
  limit_not_met: { actual: number; unit: string; limit: string }
  /** The limit and the value are not the same kind of quantity. */
  unit_mismatch: { unit: string; limit: string }
  /** A criterion without any limit: there is nothing to hold the value against. */
  no_limit: { criterion: string }
  in_warn_band: { actual: number; unit: string; limit: string }
  severity_downgraded: { from: string; to: string }
  /** Declared evidence that matched no file. `unnamed`: what is expected would have to be named in the policy, and where. */
  evidence_missing: { what: string; expected: string[]; unnamed?: 'metric' | 'evidence' }
  evidence_rejected: { path: string; why: string }
  evidence_stale: { path: string; age: string; max: string }
  evidence_wrong_commit: { path: string; found: string; expected: string }
  evidence_unbound: { path: string }
  evidence_duplicate: { path: string; same_as: string }
  evidence_tracked: { path: string }
  evidence_altered: { path: string }
  evidence_count: { what: string; found: number; expected: number }
  evidence_unreadable: { path: string; why: string }
  evidence_unrecognised: { path: string }
  evidence_ambiguous: { path: string; formats: string[] }
  /** Says it was made later than now. */
  evidence_from_future: { path: string; date: string }
  /** Tests that no level's globs match: they count for the component level (decision 18). */
  evidence_level_assumed: { path: string; tests: number; level: string }
  producer_not_run: { job: string; result: string }
  nothing_measured: { what: string; path: string }
  zero_tests: { path: string }
  all_tests_skipped: { path: string; skipped: number }
  suite_errors: { path: string; errors: number }
  run_unfinished: { path: string }
  /** The report's head counts more tests than the report holds. */
  tests_not_held: { path: string; declared: number; counted: number }
  tests_failed: { failed: number; errors: number; names: string[] }
  tests_flaky: { flaky: number; names: string[] }
  scan_failed: { path: string; tool: string; why: string }
  scan_missing: { kinds: string[] }
  requests_all_failed: { path: string; requests: number }
  findings_open: { critical: number; high: number; medium: number; low: number }
  findings_suppressed: { count: number }
  /** Suppressed by the scanned code itself, not by policy: they stay open (decision 11). */
  findings_suppressed_in_source: { count: number }
  /** By the documents that the policy names, which may not say it for longer than their acceptance runs. */
  findings_suppressed_by_vex: { file: string; owner: string; expires: string; count: number; names: string[] }
  vex_expired: { file: string; expired: string }
  vex_too_long: { file: string; expires: string; days: number }
  suppression_expired: { id: string; expired: string }
  suppression_too_long: { id: string; expires: string; days: number }
  no_objectives: Record<never, never>
  objective_failed: { sli: string; actual: number | null; unit: string; limit: string }
  /** `unknown`: it was not missed, but never told. */
  key_objective_failed: { sli: string; unknown?: 'not measured' | 'not comparable' }
  /** `near`: what it may have been meant to be. */
  objective_unknown: { sli: string; known: string[]; near?: string }
  /** A limit in one unit, a measurement in another kind of unit or in none. */
  objective_unit: { sli: string; unit: string; limit: string }
  sample_too_small: { found: number; needed: number }
  no_scope: { metric: string; looked_for: string }
  not_declared: { what: string }
  items_open: { open: number; total: number; items: string[] }
  item_not_manual: { item: string }
  /** Ticked by hand, and not vouched for as it has to be; each item with why. */
  items_unattested: { count: number; items: string[] }
  issues_open: { numbers: number[]; of: number | null }
  /** What GitHub says of issues is no answer; the sentence is ours. */
  issues_unknown: { why: string }
  documents_incomplete: { path: string; rules: string[] }
  document_missing: { path: string }
  document_untracked: { path: string }
  declared_recount_differ: { path: string; declared: string; counted: string }
  file_not_in_report: { file: string }
  /** A report's path that may be one of several files. */
  file_unclear: { file: string; report: string; name: string; others: string[] }
  /** A changed file whose changed lines are not known; `why`: a sentence's end of ours. */
  file_lines_unknown: { file: string; why: string }
  /** What a change changes is not known completely; the sentence is ours. */
  diff_incomplete: { why: string }
  /** A run of a branch itself has no change to look at. */
  no_change: Record<never, never>
  new_code_nothing: Record<never, never>
  /** Too few changed lines to enforce anything. */
  new_code_small: { lines: number; needed: number }
  new_code_excluded: { files: string[]; count: number; why: string }
  component_short: { component: string; actual: number | null; unit: string }
  /** `looked`: the places that were looked in, sentences of ours. */
  no_baseline: { metric: string; looked: string[] }
  /** A limit against the baseline that does not hold; `bound` is what it comes to. `sli` null: the criterion's own value. */
  baseline_not_met: { sli: string | null; actual: number; unit: string; limit: string; bound: number; against: Against }
  /** On the worse side of the line that a regression test draws. */
  regressed: { actual: number; unit: string; test: string; boundary: number; line: number; against: Against }
  /** History is needed here and cannot be read: never a first run (decision 38). The sentences are ours. */
  history_unreadable: { what: string; hint: string | null }
  /** Nothing was recorded yet that could tell. */
  no_history: { what: string; place: string }
  needs_more_samples: { found: number; needed: number }
  not_applicable_until: { reason: string; expires: string }
  not_applicable_expired: { reason: string; expired: string }
  no_check_bound: { text: string }
  needs_github: { what: string }
  change_not_ready: { why: string }
  awaiting_approval: { gate: number; environment: string }
  awaiting_sign_off: { roles: string[] }
  awaiting_go_live: { gate: number }
  /** The environment would not ask anybody, or lets people around its review. */
  environment_unsafe: { gate: number; environment: string; setting: string; fix: string }
  environment_warning: { gate: number; environment: string; setting: string; fix: string }
  gate_rejected: { gate: number; by: string; environment: string }
  /** What the approval was given for has changed since. */
  approval_void: { gate: number; what: string }
  approval_expired: { gate: number; roles: string[] }
  /** The job went on although nobody whose word counts had approved. */
  approval_bypassed: { gate: number; roles: string[] }
  approver_excluded: { gate: number; login: string; environment: string; why: string }
  approver_not_reviewer: { gate: number; login: string; environment: string }
  approver_not_listed: { gate: number; login: string; environment: string }
  approval_code_wrong: { gate: number; login: string; environment: string; code: string }
  /** Who had a hand in the change is not known completely, so nobody is known to be free of it. */
  duties_unknown: { gate: number; why: string }
  automated_validation_off: Record<never, never>
  level_below_not_reached: { level: string; state: string }
  level_disabled: { level: string }
  level_without_criteria: { level: string }
  gate_disabled: { gate: number }
  level_not_enabled_gate_skipped: { gate: number }
  criteria_short: { level: string; criteria: string[] }
  gate_entry_failed: { gate: number; items: string[] }
  gate_exit_failed: { gate: number; items: string[] }
  deliverable_missing: { name: string; expected: string[] }
  gate_not_open: { gate: number; state: string }
  level_reached: { level: string }
  config_missing: { path: string }
  config_invalid: { path: string; problems: number }
  policy_changed_in_head: { tightened: string[]; loosened: string[] }
  /** Something stopped the judging itself; the sentence is ours. */
  could_not_judge: { message: string; hint: string | null }
  /** A run that cannot write said so (decision 29): nobody else has measured it. */
  reported_not_verified: { verdict: string; level: number; run: number }
  nothing_found: { looked_for: string[] }
  custom_value: { name: string; value: number; unit: string }
  /** A note in the tool's own words, already a sentence of ours. Never text from evidence. */
  note: { text: string }
}

export type ReasonCode = keyof ReasonArgs
/** `about`: the criterion id or the sentence it concerns, where the reader cannot see that from its place (shortfalls). Raw text. */
export type Reason = { [C in ReasonCode]: { code: C; args: ReasonArgs[C]; about?: string } }[ReasonCode]

/** Equal for equal reasons, in whatever order their arguments were put: reasons read back from a record sort them anew. */
export function reasonKey({ code, args, about }: Reason): string {
  return JSON.stringify([code, Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)), about ?? null])
}

/** Each reason once, where it first stands. */
export function distinctReasons(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>()
  return reasons.filter((one) => {
    const key = reasonKey(one)
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

export function reason<C extends ReasonCode>(code: C, args: ReasonArgs[C]): Reason {
  return { code, args } as Reason
}
