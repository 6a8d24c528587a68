#!/usr/bin/env node
// The command line: what a shell starts. The same engine as the Action, no token needed.
import './compose/beginning.ts'

const { commandLine } = await import('./compose/command-line.ts')
await commandLine()
