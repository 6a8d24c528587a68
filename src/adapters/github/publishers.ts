// The publishers of an Action run, made safe: none can fail the run, and each says what would help it.
import type { Log, Publisher } from '../../app/ports.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { RenderedCheck } from '../../model/rendered.ts'
import type { Result } from '../../model/result.ts'
import { CheckPublisher } from './check-run.ts'
import type { Client } from './client.ts'
import { type CommentMode, CommentPublisher } from './comment.ts'
import type { RunContext } from './context.ts'
import { troubleOf } from './trouble.ts'

export interface PublishersOptions {
  client: Client
  context: RunContext
  log: Log
  name: string
  comment: CommentMode
  renderCheck: (result: Result, ledger: LedgerNote) => RenderedCheck
  renderComment: (result: Result, ledger: LedgerNote, marker: string, most: number) => string
  /** How many comments the pull request had when it was looked at; null: not known. */
  comments?: () => number | null
  /** Shows the annotations in the step's own log, where no check can carry them. */
  annotate: (result: Result) => void
  pauseMs?: number
}

const READ_ONLY = 'the token is read-only here: the verdict is in the summary'

/** Check run and comment, or, where the token cannot write, one line that says so and no request at all (proof 10). */
export function githubPublishers(options: PublishersOptions): Publisher[] {
  const { client, context, log, name, comment, comments, renderCheck, renderComment, annotate, pauseMs } = options
  if (context.readOnly === 'fork') {
    const publish = async (result: Result): Promise<void> => {
      annotate(result)
      log.info(`pull request from a fork: ${READ_ONLY}`)
    }
    return [{ id: 'read-only', publish }]
  }
  const shared = { client, context, log, ...(pauseMs === undefined ? {} : { pauseMs }) }
  const publishers: [Publisher, string, string, ((result: Result) => void)?][] = [
    [new CheckPublisher({ ...shared, render: renderCheck }), 'the check run', 'checks: write', annotate],
  ]
  if (comment !== 'never' && context.subject.pullRequest !== null) {
    publishers.push([
      new CommentPublisher({ ...shared, name, mode: comment, ...(comments ? { comments } : {}), render: renderComment }),
      'the comment',
      'pull-requests: write',
    ])
  }
  return publishers.map(([publisher, what, needs, instead]) => guarded(publisher, what, needs, { context, log, instead }))
}

/** A failure becomes a warning. Dependabot's token is read-only unless the workflow says otherwise: that is no warning. */
function guarded(
  publisher: Publisher,
  what: string,
  needs: string,
  { context, log, instead }: { context: RunContext; log: Log; instead: ((result: Result) => void) | undefined },
): Publisher {
  return {
    id: publisher.id,
    publish: async (result, ledger) => {
      try {
        await publisher.publish(result, ledger)
      } catch (error) {
        const trouble = troubleOf(error, needs)
        instead?.(result)
        if (trouble.kind === 'permission' && context.readOnly === 'dependabot')
          log.info(`${what} is not posted for Dependabot: ${READ_ONLY}`)
        else log.warn(`${what} was not posted: ${trouble.text}. The verdict stands; it is in the summary.`)
      }
    },
  }
}
