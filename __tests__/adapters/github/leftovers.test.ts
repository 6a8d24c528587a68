// Which branch a left record may say it is a run of: only what GitHub says of the run it lies in.
import { expect, it } from '@jest/globals'
import { type LeftoversOptions, leftFiles } from '../../../src/adapters/github/leftovers.ts'

const ours = { id: 5, repository_id: 101, head_repository_id: 101 }

async function left(event: string, of: object = ours) {
  const artifacts = [{ id: 1, name: 'certify-ledger-left', size_in_bytes: 2, expired: false, workflow_run: of }]
  const run = { id: 5, event, head_branch: 'main', head_sha: 'A'.repeat(40) }
  const actions = {
    listArtifactsForRepo: async () => ({ data: { artifacts } }),
    getWorkflowRun: async () => ({ data: run }),
  }
  return leftFiles({
    client: { rest: { actions } },
    context: { owner: 'acme', repo: 'shop', repositoryId: 101, subject: { run: 9, repository: 'acme/shop' } },
    artifacts: { fileOf: async () => new Uint8Array(2) },
    runnerTemp: undefined,
    log: { warn: () => {} },
  } as unknown as LeftoversOptions)
}

it.each([
  ['push', 'main'],
  ['workflow_dispatch', 'main'],
  ['pull_request', null],
  ['pull_request_target', null],
  ['pull_request_review', null],
  ['merge_group', null],
])('of a %s it is a run of %s', async (event, main) => {
  expect(await left(event)).toMatchObject([{ main, run: { run: 5, commit: 'a'.repeat(40) } }])
})

it.each([{ ...ours, head_repository_id: 666 }, { ...ours, repository_id: 666 }, { ...ours, id: 9 }, null])(
  'of %j nothing is taken',
  async (of) => {
    expect(await left('push', of as never)).toEqual([])
  },
)
