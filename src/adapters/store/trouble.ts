// Why a ledger's folder cannot be read or written, in a user's words.
import { CertifyError } from '../../model/problem.ts'

const REASONS: Record<string, string> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'no space left',
  ENOTDIR: 'there is a file where a folder should be',
  EISDIR: 'there is a folder where a file should be',
  ELOOP: 'it is a link, and links are not followed',
  EFBIG: 'it is too large for a record',
  EINVAL: 'it is no regular file',
}

const FIXES: Record<string, string> = {
  EACCES: 'let this user read and write the folder and all in it',
  EPERM: 'let this user read and write the folder and all in it',
  EROFS: 'name a folder that can be written',
  ENOSPC: 'make room on the disk, then run it again',
  EDQUOT: 'make room on the disk, then run it again',
}

export function unreadableFolder(path: string, error: unknown): CertifyError {
  const { why, fix } = told(error)
  return new CertifyError('ledger_unreadable', `${path} cannot be read: ${why}`, {
    hint:
      fix ?? 'a ledger that cannot be read is never taken for an empty one: put back what belongs there, or name another folder',
    cause: error,
  })
}

export function unwritableFolder(place: string, error: unknown): CertifyError {
  const { why, fix } = told(error)
  return new CertifyError('ledger_unwritable', `nothing can be recorded in ${place}: ${why}`, {
    hint: fix ?? 'put back what belongs there, or name another folder',
    cause: error,
  })
}

/** An error as Node would throw it. */
export function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

function told(error: unknown): { why: string; fix: string | undefined } {
  const code = codeOf(error)
  return { why: REASONS[code] ?? (code || 'unknown error'), fix: FIXES[code] }
}
