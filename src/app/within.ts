// The run's time limit.
import { CertifyError } from '../model/problem.ts'

/** Bounds the asynchronous parts; reading itself is bounded by size limits (decision 24). */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new CertifyError('timed_out', `judging took longer than ${seconds} s`, {
          hint: 'raise `timeout` in the config, or look for what hangs above',
        }),
      )
    }, seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
