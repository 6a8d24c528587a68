// The log on a laptop: everything but the report goes to stderr.
import type { Log } from '../../app/ports.ts'

export function consoleLog(stderr: NodeJS.WritableStream): Log {
  const line = (text: string): void => {
    stderr.write(`${text}\n`)
  }
  return {
    info: line,
    warn: (text) => line(`warning: ${text}`),
    error: (text) => line(`error: ${text}`),
    progress: line,
    mask: () => {},
  }
}
