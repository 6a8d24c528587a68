// Required by a program under measurement: writes the most memory it ever held, in KiB, when it ends.
const { readFileSync, writeFileSync } = require('node:fs')

process.on('exit', () => {
  writeFileSync(process.env.BENCH_PEAK_FILE, String(ownPeak() ?? process.resourceUsage().maxRSS))
})

/** By the kernel's account of this program alone: maxRSS is no less than what the parent held when it was started. */
function ownPeak() {
  try {
    return /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
