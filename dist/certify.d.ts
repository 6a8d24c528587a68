// Made by `npm run build:schema` from src/config/schema/. Do not edit.
/**
 * ISO 8601 (P6M, PT24H) or 10m, 24h, 90d, 4w, 6mo, 1y; a bare whole number takes the unit of its key.
 */
export type Duration = (number | string)
/**
 * A level by name or number.
 */
export type LevelName = ("component" | "integration" | "service" | "system" | 1 | 2 | 3 | 4)
export type Level_1 = (boolean | {
enabled?: boolean
name?: string
description?: string
requirements?: Requirement[]
validation_criteria?: {
[k: string]: Criterion
}
auto_progression?: boolean
manual_review?: boolean
/**
 * Levels that must be reached first.
 */
depends_on?: (string | number)[]
/**
 * Globs of components; the level takes the worst of them.
 */
components?: string[]
})
/**
 * A sentence. The sentences of the default config are bound to checks; give others a check.
 */
export type Requirement = (string | {
text: string
id?: string
/**
 * What decides it: see docs/checks.md.
 */
check?: string
optional?: boolean
/**
 * A person vouches for it in the approval.
 */
manual?: boolean
})
/**
 * The limit of a metric: a number n (>= n), a comparison, a list that must all hold, or an object.
 */
export type Criterion = (number | string | Threshold[] | {
pass?: Thresholds
warn?: Thresholds
/**
 * Name of the metric; left out: the name of the criterion.
 */
metric?: string
/**
 * Missing evidence never passes.
 */
on_missing?: ("fail" | "pending")
severity?: ("fail" | "warn" | "info")
weight?: number
key?: boolean
baseline?: Baseline
regression?: Regression
not_applicable?: {
reason: string
expires: CalendarDate
approved_by?: Login
}
controls?: string[]
})
/**
 * A number n (means >= n), or comparisons: "> 95%", "< 200ms", "> 90% and < 110%", "<= +10%" against the baseline.
 */
export type Threshold = (number | string)
/**
 * One limit, or a list of limits that must all hold.
 */
export type Thresholds = (number | string | Threshold[])
/**
 * A date that exists, as YYYY-MM-DD.
 */
export type CalendarDate = string
/**
 * A GitHub login.
 */
export type Login = string
export type Level_2 = (boolean | {
enabled?: boolean
name?: string
description?: string
requirements?: Requirement[]
validation_criteria?: {
[k: string]: Criterion
}
auto_progression?: boolean
manual_review?: boolean
/**
 * Levels that must be reached first.
 */
depends_on?: (string | number)[]
/**
 * Globs of components; the level takes the worst of them.
 */
components?: string[]
})
export type Level_3 = (boolean | {
enabled?: boolean
name?: string
description?: string
requirements?: Requirement[]
validation_criteria?: {
[k: string]: Criterion
}
auto_progression?: boolean
manual_review?: boolean
/**
 * Levels that must be reached first.
 */
depends_on?: (string | number)[]
/**
 * Globs of components; the level takes the worst of them.
 */
components?: string[]
})
export type Level_4 = (boolean | {
enabled?: boolean
name?: string
description?: string
requirements?: Requirement[]
validation_criteria?: {
[k: string]: Criterion
}
auto_progression?: boolean
manual_review?: boolean
/**
 * Levels that must be reached first.
 */
depends_on?: (string | number)[]
/**
 * Globs of components; the level takes the worst of them.
 */
components?: string[]
})
export type Gate_1 = (boolean | {
enabled?: boolean
name?: string
description?: string
entry_criteria?: Requirement[]
exit_criteria?: Requirement[]
deliverables?: Deliverable[]
auto_progression?: boolean
manual_approval?: boolean
/**
 * GitHub environment whose required reviewers approve.
 */
environment?: string
/**
 * Branches and tags that may come to the approval.
 */
refs?: string[]
/**
 * Asked of whoever approves; answered in the comment of the approval.
 */
questions?: string[]
sign_offs?: SignOff[]
})
/**
 * Something the gate must find.
 */
export type Deliverable = (string | {
name: string
/**
 * Glob of the file or files.
 */
path?: (string | string[])
check?: string
max_age?: Duration
optional?: boolean
})
export type Gate_2 = (boolean | {
enabled?: boolean
name?: string
description?: string
entry_criteria?: Requirement[]
exit_criteria?: Requirement[]
deliverables?: Deliverable[]
auto_progression?: boolean
manual_approval?: boolean
/**
 * GitHub environment whose required reviewers approve.
 */
environment?: string
/**
 * Branches and tags that may come to the approval.
 */
refs?: string[]
/**
 * Asked of whoever approves; answered in the comment of the approval.
 */
questions?: string[]
sign_offs?: SignOff[]
})
export type Gate_3 = (boolean | {
enabled?: boolean
name?: string
description?: string
entry_criteria?: Requirement[]
exit_criteria?: Requirement[]
deliverables?: Deliverable[]
auto_progression?: boolean
manual_approval?: boolean
/**
 * GitHub environment whose required reviewers approve.
 */
environment?: string
/**
 * Branches and tags that may come to the approval.
 */
refs?: string[]
/**
 * Asked of whoever approves; answered in the comment of the approval.
 */
questions?: string[]
sign_offs?: SignOff[]
})
export type Gate_4 = (boolean | {
enabled?: boolean
name?: string
description?: string
entry_criteria?: Requirement[]
exit_criteria?: Requirement[]
deliverables?: Deliverable[]
auto_progression?: boolean
manual_approval?: boolean
/**
 * GitHub environment whose required reviewers approve.
 */
environment?: string
/**
 * Branches and tags that may come to the approval.
 */
refs?: string[]
/**
 * Asked of whoever approves; answered in the comment of the approval.
 */
questions?: string[]
sign_offs?: SignOff[]
})
/**
 * Where the reports are: a glob, a list of globs, or a list of entries.
 */
export type Evidence = (string | EvidenceItem[])
export type EvidenceItem = (string | {
/**
 * Globs below the workspace, or below the root of the artifact.
 */
path?: (string | string[])
/**
 * Name pattern of a workflow artifact.
 */
artifact?: string
/**
 * Format that must read it; left out: told by content.
 */
format?: string
level?: LevelName
component?: string
/**
 * Number of files it must match.
 */
expect?: number
required?: boolean
/**
 * May be a file tracked in git. Loosens.
 */
committed?: boolean
/**
 * For format json: named numbers, each by the pointer to it, with its unit.
 */
values?: {
[k: string]: string | {
/**
 * A JSON pointer (RFC 6901) into the file: /metrics/http/p95, /runs/0/total, /a~1b for the key a/b.
 */
pointer: string
unit?: string
}
}
/**
 * For format json: total events, and the good or the bad ones of them; reliability is counted from these.
 */
events?: {
/**
 * A JSON pointer (RFC 6901) into the file: /metrics/http/p95, /runs/0/total, /a~1b for the key a/b.
 */
good?: string
/**
 * A JSON pointer (RFC 6901) into the file: /metrics/http/p95, /runs/0/total, /a~1b for the key a/b.
 */
bad?: string
/**
 * A JSON pointer (RFC 6901) into the file: /metrics/http/p95, /runs/0/total, /a~1b for the key a/b.
 */
total: string
}
/**
 * For format json: pointer to when the report was made (ISO time, or milliseconds).
 */
generated_at?: string
/**
 * For format json: pointer to the full hash of the commit it was made for.
 */
commit?: string
})
export type Document = (string | {
id?: string
path: string
headings?: string[]
min_words?: number
max_age?: Duration
weight?: number
/**
 * Relative links must resolve.
 */
links?: boolean
})
/**
 * Five fields, as GitHub reads them in a workflow.
 */
export type Cron = string
/**
 * The name of an environment variable that holds the secret, as env:NAME. Never the secret itself.
 */
export type Secret = string

export interface Root {
[key: `x-${string}`]: unknown
process?: Certification
}
export interface Certification {
[key: `x-${string}`]: unknown
version?: 1
/**
 * A base config: owner/repo/path@full-commit-sha.
 */
extends?: string
/**
 * advisory reports and never fails the job.
 */
mode?: ("enforce" | "advisory")
environment?: ("development" | "test" | "staging" | "production")
/**
 * What is different where `environment` has that value.
 */
environments?: {
development?: Certification
test?: Certification
staging?: Certification
production?: Certification
}
timeout?: Duration
retries?: number
auto_approve?: boolean
sequential?: boolean
gate_auto_progress?: boolean
/**
 * How far a run must get, by event.
 */
target?: {
pull_request?: LevelName
merge_group?: LevelName
push?: LevelName
release?: LevelName
local?: LevelName
}
/**
 * Jobs in CERTIFY_NEEDS that may be skipped. Any other skip shuts the gates.
 */
expected_skips?: string[]
/**
 * Branches beside the default branch whose own policy counts.
 */
policy_refs?: string[]
/**
 * JSON pointers into this config that variables and inputs may not change.
 */
locked?: string[]
certification_levels?: CertificationLevels
certification_gates?: CertificationGates
certification_validation?: {
/**
 * Off: what is measured automatically stays pending.
 */
automated_validation?: (boolean | {
enabled?: boolean
validation_interval?: Duration
timeout_threshold?: Duration
retry_attempts?: number
})
manual_review?: (boolean | {
enabled?: boolean
review_timeout?: Duration
escalation_timeout?: Duration
approval_required?: boolean
/**
 * What stands in where an environment cannot have required reviewers. Loosens.
 */
mechanism?: ("environment" | "issue" | "pull_request_review")
/**
 * Logins whose word counts where `mechanism` stands in.
 */
approvers?: Login[]
prevent_self_review?: boolean
/**
 * Administrators may go past the review of an environment. Loosens.
 */
admin_bypass?: boolean
})
escalation_process?: (boolean | {
enabled?: boolean
escalation_levels?: number
escalation_timeout?: Duration
/**
 * Refused when true: silence never approves.
 */
auto_approval?: boolean
})
rollback_process?: (boolean | {
enabled?: boolean
rollback_trigger?: (string | ("certification_failure" | "gate_rejected" | "certificate_revoked" | "manual")[])
rollback_timeout?: Duration
rollback_verification?: boolean
strategy?: ("workflow_dispatch" | "redeploy" | "revert_pr" | "notify")
workflow?: string
environments?: string[]
verification_criteria?: string[]
})
}
evidence?: Evidence
/**
 * Look for reports by their usual names for metrics that name no evidence.
 */
discovery?: boolean
/**
 * Globs on suite, file or class name that tell the suites of the levels apart.
 */
suites?: {
component?: (string | string[])
integration?: (string | string[])
service?: (string | string[])
system?: (string | string[])
}
metrics?: {
[k: string]: Metric
}
components?: {
[k: string]: {
paths: string[]
evidence?: Evidence
}
}
checklists?: {
[k: string]: Checklist
}
/**
 * Findings that are accepted for a while. Each loosens.
 */
suppressions?: {
/**
 * Rule, CVE or fingerprint.
 */
id: string
path?: string
package?: string
justification: string
owner: string
expires: CalendarDate
}[]
/**
 * VEX documents whose word on findings is accepted for a while. Each loosens.
 */
vex?: {
/**
 * OpenVEX or CycloneDX JSON, read where this file is read.
 */
file: string
/**
 * What this repository is called in the document, for what it says of it as a whole.
 */
product?: (string | string[])
owner: string
expires: CalendarDate
}[]
/**
 * Folders as coverage reports name them, and where they are in the repository, beside what is found by itself.
 */
path_map?: {
from: string
to: string
}[]
certification_reporting?: {
real_time_reporting?: (boolean | {
enabled?: boolean
reporting_interval?: Duration
format?: ("html" | "json" | "pdf" | "markdown")
distribution?: (string | ("email" | "slack" | "webhook" | "sms" | "dashboard")[])
})
scheduled_reporting?: (boolean | {
enabled?: boolean
schedule?: Cron
format?: ("html" | "json" | "pdf" | "markdown")
distribution?: (string | ("email" | "slack" | "webhook" | "sms" | "dashboard")[])
})
formats?: ("html" | "json" | "pdf" | "markdown")[]
archival?: boolean
report_content?: (boolean | {
enabled?: boolean
executive_summary?: boolean
detailed_metrics?: boolean
trend_analysis?: boolean
recommendations?: boolean
action_items?: boolean
})
report_distribution?: (boolean | {
enabled?: boolean
email?: (boolean | {
enabled?: boolean
recipients?: string[]
smtp?: Secret
from?: string
})
slack?: (boolean | {
enabled?: boolean
channel?: string
webhook_url?: Secret
token?: Secret
})
webhook?: (boolean | {
enabled?: boolean
url?: Secret
secret?: Secret
})
sms?: (boolean | {
enabled?: boolean
recipients?: string[]
gateway?: Secret
})
dashboard?: (boolean | {
enabled?: boolean
auto_refresh?: boolean
refresh_interval?: Duration
target?: ("pages" | "artifact" | "branch")
})
groups?: {
[k: string]: string[]
}
})
}
certification_automation?: {
automation_configuration?: (boolean | {
enabled?: boolean
scheduled_execution?: boolean
trigger_based_execution?: boolean
manual_execution?: boolean
})
automation_triggers?: (boolean | {
enabled?: boolean
deployment_trigger?: (boolean | {
enabled?: boolean
trigger_type?: "deployment"
trigger_conditions?: ("new_deployment" | "configuration_change" | "code_change")[]
paths?: string[]
})
time_trigger?: (boolean | {
enabled?: boolean
trigger_type?: "scheduled"
trigger_conditions?: ("daily_certification" | "weekly_certification" | "monthly_certification")[]
trigger_schedule?: Cron
})
manual_trigger?: (boolean | {
enabled?: boolean
trigger_type?: "manual"
trigger_conditions?: ("manual_certification" | "emergency_certification" | "ad_hoc_certification")[]
})
})
automation_notifications?: (boolean | {
enabled?: boolean
notification_channels?: ("email" | "slack" | "webhook" | "sms" | "dashboard")[]
notification_triggers?: {
certification_start?: boolean
certification_success?: boolean
certification_failure?: boolean
certification_escalation?: boolean
}
})
automation_escalation?: (boolean | {
enabled?: boolean
escalation_levels?: number
escalation_timeout?: Duration
escalation_actions?: ("manager_notification" | "team_notification" | "emergency_response")[]
contacts?: {
[k: string]: string[]
}
})
}
certification_maintenance?: {
maintenance_configuration?: (boolean | {
enabled?: boolean
maintenance_frequency?: ("hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "yearly")
automated_maintenance?: boolean
manual_maintenance?: boolean
documentation?: boolean
})
maintenance_tasks?: (boolean | {
enabled?: boolean
data_cleanup?: (boolean | {
enabled?: boolean
cleanup_frequency?: ("hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "yearly")
retention_period?: Duration
cleanup_criteria?: ("old_certification_data" | "expired_reports" | "outdated_metrics")[]
})
performance_optimization?: (boolean | {
enabled?: boolean
optimization_frequency?: ("hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "yearly")
optimization_criteria?: ("database_optimization" | "cache_optimization" | "query_optimization")[]
})
security_updates?: (boolean | {
enabled?: boolean
update_frequency?: ("hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "yearly")
update_criteria?: ("security_patches" | "vulnerability_fixes" | "compliance_updates")[]
})
})
maintenance_notifications?: (boolean | {
enabled?: boolean
notification_channels?: ("email" | "slack" | "webhook" | "sms" | "dashboard")[]
notification_triggers?: {
maintenance_start?: boolean
maintenance_complete?: boolean
maintenance_failure?: boolean
maintenance_schedule?: boolean
}
})
}
certification_compliance?: {
compliance_configuration?: (boolean | {
enabled?: boolean
compliance_frameworks?: string[]
compliance_auditing?: boolean
compliance_reporting?: boolean
compliance_archival?: boolean
})
compliance_requirements?: (boolean | {
[k: string]: boolean | {
enabled?: boolean
requirements?: string[]
controls?: {
[k: string]: string[]
}
}
})
compliance_reporting?: (boolean | {
enabled?: boolean
reporting_frequency?: ("hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "yearly")
reporting_format?: ("html" | "json" | "pdf" | "markdown")
reporting_distribution?: string[]
})
oscal?: (boolean | {
enabled?: boolean
findings?: boolean
assessment_plan?: string
})
}
certificate?: (boolean | {
enabled?: boolean
/**
 * What is certified; left out: owner/name.
 */
system?: string
validity?: Duration
valid_until?: CalendarDate
renewal_notice?: Duration
conditional?: (boolean | {
enabled?: boolean
validity?: Duration
max_conditions?: number
/**
 * Criteria that may still be open when a certificate is issued: neither key nor security.
 */
conditions?: {
criterion: string
owner: string
due: CalendarDate
}[]
})
attest?: ("auto" | "always" | "never")
authority?: string
statement?: string
contacts?: {
[k: string]: string
}
sign_offs?: SignOff[]
/**
 * Globs of built files, or oci://name@sha256:...; left out: the commit.
 */
subjects?: string[]
/**
 * Workflows whose signature counts: OWNER/REPO/.github/workflows/FILE.yml, with @REF for one ref of it alone.
 */
signers?: string[]
door?: {
/**
 * verify takes a certificate without a signature. Loosens.
 */
allow_unsigned?: boolean
/**
 * verify takes one whose revocation could not be checked. Loosens.
 */
allow_unchecked?: boolean
}
recertify?: {
/**
 * What `command: recertify` does where the commit no longer meets the policy, or a condition is overdue.
 */
on_failure?: ("warn" | "revoke")
/**
 * Renews what is due and still meets everything; else it is only told.
 */
renew?: boolean
}
})
ledger?: (boolean | {
enabled?: boolean
/**
 * Branch that holds the ledger, of nothing else.
 */
branch?: string
/**
 * own-job: a job of its own appends (command: record). in-step: the evaluating step does, with contents: write. Loosens.
 */
write?: ("own-job" | "in-step")
postgres?: Secret
compaction?: ("strip" | "segment" | "off")
hold_certificates?: boolean
})
metrics_export?: (boolean | {
enabled?: boolean
openmetrics?: boolean
otlp_endpoint?: Secret
pushgateway?: Secret
})
roadmap?: {
phase: string
due?: CalendarDate
tasks?: string[]
requires?: string[]
}[]
}
export interface CertificationLevels {
[key: `x-${string}`]: unknown
level_1_component_certification?: Level_1
level_1?: Level_1
level_2_integration_certification?: Level_2
level_2?: Level_2
level_3_service_certification?: Level_3
level_3?: Level_3
level_4_system_certification?: Level_4
level_4?: Level_4
}
export interface Baseline {
[key: `x-${string}`]: unknown
select?: ("last_passed" | "last" | "certificate" | "fixed")
count?: number
aggregate?: ("avg" | "median" | "p90" | "p95" | "min" | "max")
value?: number
/**
 * Without a baseline nothing relative can pass: warn and pass are read as pending. bootstrap loosens.
 */
missing?: ("pending" | "fail" | "bootstrap" | "warn" | "pass")
}
/**
 * Must not be worse than what earlier runs of the branch were, beside its limits.
 */
export interface Regression {
[key: `x-${string}`]: unknown
/**
 * percentage: worse than the median of the samples. iqr: outside their quartiles on the worse side.
 */
test: ("percentage" | "iqr")
/**
 * By more than so many percent of the median, or so many interquartile ranges.
 */
boundary: number
/**
 * With fewer it waits: pending, never passed.
 */
min_samples?: number
/**
 * Number of latest samples that are looked at.
 */
window?: number
}
export interface CertificationGates {
[key: `x-${string}`]: unknown
gate_1_component_gate?: Gate_1
gate_1?: Gate_1
gate_2_integration_gate?: Gate_2
gate_2?: Gate_2
gate_3_service_gate?: Gate_3
gate_3?: Gate_3
gate_4_system_gate?: Gate_4
gate_4?: Gate_4
}
export interface SignOff {
[key: `x-${string}`]: unknown
role: ("technical" | "security" | "business" | "final" | "performance" | "operations" | "lead")
title?: string
users?: Login[]
teams?: string[]
environment?: string
required?: boolean
/**
 * Not the same person as another sign-off or the author of the change.
 */
distinct?: boolean
}
export interface Metric {
[key: `x-${string}`]: unknown
kind?: ("coverage" | "tests" | "performance" | "security" | "quality" | "documentation" | "checklist" | "scenario" | "reliability" | "readiness" | "approval" | "value" | "composite" | "continuity" | "new_code")
level?: LevelName
/**
 * For kind continuity: d or commits.
 */
unit?: string
evidence?: Evidence
max_age?: Duration
coverage?: {
measure?: ("lines" | "statements" | "branches" | "functions" | "combined")
include?: string[]
exclude?: string[]
}
objectives?: Objective[]
security?: {
weights?: {
critical?: number
high?: number
medium?: number
low?: number
info?: number
unknown?: number
}
require?: ("sast" | "sca" | "secrets" | "container" | "iac" | "dast" | "license")[]
}
documents?: Document[]
/**
 * Interactions, services, databases or journeys, each with the tests that prove it.
 */
points?: {
id: string
tests: (string | string[])
}[]
/**
 * Globs on suite, file, class or test name.
 */
tests?: (string | string[])
min_events?: number
/**
 * For kind new_code: with fewer changed lines that hold code nothing is enforced, and that is said.
 */
min_lines?: number
/**
 * For kind value: the number to read from performance evidence.
 */
sli?: string
/**
 * For kind composite: metrics with their weights.
 */
parts?: {
[k: string]: number
}
checklists?: string[]
}
export interface Objective {
[key: `x-${string}`]: unknown
sli: string
name?: string
pass: Thresholds
warn?: Thresholds
weight?: number
key?: boolean
}
export interface Checklist {
[key: `x-${string}`]: unknown
title?: string
/**
 * A Markdown file with a task list.
 */
source?: string
/**
 * A tick counts with who, when, evidence and expiry. false loosens: a plain tick is enough.
 */
attestation?: boolean
items?: (string | {
text: string
id?: string
domain?: ("functional" | "performance" | "security" | "operational" | "documentation")
check?: string
blocking?: boolean
weight?: number
attested?: {
/**
 * Login of who vouches for it.
 */
by: string
on: CalendarDate
/**
 * A path of the repository, or an https address.
 */
evidence: string
expires: CalendarDate
}
/**
 * It tells how far things are, and holds nothing back.
 */
progress?: boolean
})[]
}

/** The whole file: the keys at top level, or below the wrapper. */
export type CertificationFile = Certification | { version?: 1; extends?: string; certification_process: Certification }

export declare function defineCertification(config: CertificationFile): CertificationFile
