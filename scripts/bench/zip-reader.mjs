// Reads and parses all files of a zip by the product's own parts, as an evaluation does with an artifact that it has downloaded.
import { openDownload } from '../../src/adapters/github/artifact-content.ts'
import { collect } from '../../src/evidence/collect.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'

const [folder, count] = process.argv.slice(2)
const origin = { type: 'artifact', name: 'reports', id: 1, runId: 1, digest: null, digestChecked: false }
const claim = { metrics: [], level: null, component: null, discovered: false, committed: false }

async function read() {
  const { files } = await openDownload({ folder, origin, createdAt: null, limits: DEFAULT_LIMITS }).select(['**'])
  const { evidence } = await collect(
    files.map((file) => ({ file, claim, format: null })),
    DEFAULT_LIMITS,
  )
  if (evidence.length !== Number(count)) throw new Error(`${evidence.length} of ${count} files were read`)
}

read()
