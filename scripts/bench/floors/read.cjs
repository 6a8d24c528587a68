// A floor: reading files whole.
const { readFileSync } = require('node:fs')

for (const file of process.argv.slice(2)) readFileSync(file)
