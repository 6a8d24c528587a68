// `npm start`: evaluates the first example as a user would, and says what to look at next.
import { spawnSync } from 'node:child_process'

const example = 'examples/reaches-level-2'
console.log(`$ cd ${example} && certify evaluate\n`)
const { status } = spawnSync(process.execPath, ['../../dist/cli.js', 'evaluate'], { cwd: example, stdio: 'inherit' })
console.log(`
Look at next:
  ${example}/.github/certification.yml        the policy that decided
  ${example}/certify-report/summary.md        the same report as a job summary
  ${example}/certify-report/result.json       the same for programs
  cd examples/fails-level-1 && node ../../dist/cli.js evaluate     a commit that is not ready, and why`)
process.exitCode = status ?? 2
