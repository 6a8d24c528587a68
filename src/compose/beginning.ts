// How a process begins: V8 is told what to hold, and Node's own modules are loaded, before the text of a program is in memory.

/** What every start uses. Loaded while the program's text is in memory they cost 1 MiB more at the peak. */
for (const name of ['node:http', 'node:crypto', 'node:child_process']) process.getBuiltinModule(name)

// By default the space for young objects doubles up to 16 MiB, twice, and stays resident: up to 120 MiB more of a large report, for
// little time (docs/decisions/0004-bundle.md). After Node's modules: their compiled code is kept for V8's own settings alone.
process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1')
