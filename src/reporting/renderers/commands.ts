// Annotations as workflow commands, for runs that may not write checks. GitHub shows ten errors and ten warnings a step.

import type { Annotation } from '../../model/rendered.ts'
import { commandData, commandProperty } from '../escape/command.ts'

const MOST_OF_A_KIND = 10
const COMMANDS = { failure: 'error', warning: 'warning', notice: 'notice' } as const

/** Lines to write to stdout, most severe first. */
export function renderCommands(annotations: readonly Annotation[]): string[] {
  return (['failure', 'warning'] as const).flatMap((level) =>
    annotations
      .filter((note) => note.level === level)
      .slice(0, MOST_OF_A_KIND)
      .map((note) => {
        const place = `file=${commandProperty(note.path)},line=${note.startLine},endLine=${note.endLine}`
        const title = note.title === null ? '' : `,title=${commandProperty(note.title)}`
        return `::${COMMANDS[level]} ${place}${title}::${commandData(note.message)}`
      }),
  )
}
