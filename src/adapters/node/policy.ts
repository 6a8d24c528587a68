// Policy on a laptop: the file in the work tree decides, as whoever runs it can see. Nothing is compared.
import { lstatSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Policy } from '../../app/ports.ts'
import { CertifyError } from '../../model/problem.ts'

const MAX_BYTES = 16 * 1024 * 1024

export class LocalPolicy implements Policy {
  private readonly root: string
  private readonly fetchRemote: Policy['remote']

  constructor(root: string, fetchRemote: Policy['remote']) {
    this.root = root
    this.fetchRemote = fetchRemote
  }

  async trusted(path: string): Promise<{ text: string | null; source: string }> {
    const full = resolve(this.root, path)
    try {
      // A link that leads nowhere is there: it is an unreadable policy, not a missing one.
      if (!isThere(full)) return { text: null, source: path }
      const stat = statSync(full)
      if (!stat.isFile())
        throw new CertifyError('config_unreadable', `${path} is not a file`, { hint: 'name the config file itself' })
      if (stat.size > MAX_BYTES)
        throw new CertifyError('config_too_large', `${path} has ${stat.size} bytes; a config has at most 1 MiB`)
      return { text: readFileSync(full, 'utf8'), source: path }
    } catch (error) {
      if (error instanceof CertifyError) throw error
      throw new CertifyError(
        'config_unreadable',
        `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
        { cause: error },
      )
    }
  }

  async head(): Promise<null> {
    return null
  }

  async remote(reference: string): Promise<{ text: string; source: string }> {
    return this.fetchRemote(reference)
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
