// A floor: reading a JSON file whole and parsing it at once.
const { readFileSync } = require('node:fs')

for (const file of process.argv.slice(2)) JSON.parse(readFileSync(file, 'utf8'))
