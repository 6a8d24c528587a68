// The text of .github/workflows/certify.yml: the repository's own commands, then certify, then the record of what came out.
import { PLACEHOLDER } from '../placeholder.ts'
import { pinned } from './actions.ts'
import type { Detected } from './detect.ts'
import type { Step } from './repository.ts'
import { remark, scalar } from './yaml-text.ts'

const CERTIFY = `${PLACEHOLDER}@v1`

const expression = (inner: string): string => `\${{ ${inner} }}`

export function workflowText(
  { setup, steps, notes }: Pick<Detected, 'setup' | 'steps' | 'notes'>,
  defaultBranch: string,
): string {
  const making = [{ uses: pinned('checkout') }, ...setup, ...steps]
  const lines = [
    'name: Certify',
    'on:',
    '  pull_request:',
    '  push:',
    `    branches: [${scalar(defaultBranch)}]`,
    '  merge_group:',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  certify:',
    '    runs-on: ubuntu-latest',
    '    permissions:',
    '      contents: read',
    '      actions: read',
    '      checks: write',
    '      pull-requests: write',
    '    outputs:',
    `      record-digest: ${expression('steps.certify.outputs.record-digest')}`,
    '    steps:',
    ...making.flatMap(stepLines),
    ...(steps.length === 0 ? ['      # No tests were found: run what writes your reports here.'] : []),
    ...notes.map((note) => `      # ${remark(note)}`),
    '      - id: certify',
    `        uses: ${CERTIFY}`,
    '        if: always()',
    `      - uses: ${pinned('upload')}`,
    '        if: always()',
    '        with: { name: certify-report, path: certify-report }',
    '',
    '  # Keeps what came out on the branch certify-ledger, for later runs to be compared with.',
    '  record:',
    '    needs: certify',
    "    if: always() && github.event_name == 'push' && needs.certify.outputs.record-digest != ''",
    '    runs-on: ubuntu-latest',
    '    permissions:',
    '      contents: write',
    '      actions: read',
    '    steps:',
    `      - uses: ${pinned('download')}`,
    '        with: { name: certify-report, path: certify-report }',
    `      - uses: ${CERTIFY}`,
    '        with:',
    '          command: record',
    `          record-digest: ${expression('needs.certify.outputs.record-digest')}`,
  ]
  return `${lines.join('\n')}\n`
}

function stepLines({ uses, with: given, run, note }: Step): string[] {
  const said = note === undefined ? '' : ` # ${remark(note)}`
  const settings = Object.entries(given ?? {}).map(([key, value]) => `${key}: ${value}`)
  if (uses !== undefined)
    return [`      - uses: ${uses}${said}`, ...(settings.length === 0 ? [] : [`        with: { ${settings.join(', ')} }`])]
  const commands = run!.split('\n')
  if (commands.length > 1) return [`      - run: |${said}`, ...commands.map((line) => `          ${line}`)]
  return [`      - run: ${command(run!)}${said}`]
}

/** A command as YAML: plain unless YAML would read it as something else. */
function command(text: string): string {
  const plain = /^[A-Za-z./][^\n]*$/.test(text) && !/: | #|:$|^\s|\s$/.test(text)
  return plain ? text : JSON.stringify(text)
}
