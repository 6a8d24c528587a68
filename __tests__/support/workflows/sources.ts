// Which workflow files there are, and where a `uses:` of a job leads.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What we release and edit, what we run ourselves, and what the examples show. */
export function workflowFiles(): string[] {
  const examples = readdirSync('examples').map((name) => join('examples', name, '.github/workflows'))
  return ['workflows', '.github/workflows', ...examples]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
}

/** A called workflow's text: ours lie in .github/workflows here, whoever calls them; `./` is the folder of the caller's file. */
export function textOfUsed(uses: string, from: string): string {
  const ours = join('.github/workflows', basename(uses.replace(/@[^@]*$/, '')))
  if (uses.startsWith('OWNER/certify/') || !uses.startsWith('./')) return readFileSync(ours, 'utf8')
  const beside = join(from, '..', basename(uses))
  return readFileSync(existsSync(beside) ? beside : ours, 'utf8')
}
