// Who may say anything of certificates: the default branch's own runs alone (decision 48).
import { CertifyError } from '../../model/problem.ts'
import type { Ports } from '../ports.ts'

/** Throws CertifyError `not_trusted` in any other run. */
export function trusted({ subject, branch, inAction }: Ports): void {
  if (inAction && branch.isDefault && subject.event !== 'pull_request' && subject.event !== 'merge_group') return
  throw new CertifyError('not_trusted', 'certificates are issued and revoked only by runs of the default branch', {
    hint: 'start the workflow on the default branch: by workflow_dispatch, a push or a schedule',
  })
}
