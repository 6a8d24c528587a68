// What `npm run bench -- ...` was told. Anything unknown is an error that says what is known.
const USAGE = `npm run bench -- [--json] [--only WORD] [--runs N]
  --json       one JSON document instead of the table
  --only WORD  only rows whose name contains WORD
  --runs N     timed runs of each program, 5 unless told otherwise; of a start three times as many`

/** Throws Error with the usage. */
export function readOptions(args) {
  const options = { json: false, only: '', runs: 5 }
  for (let at = 0; at < args.length; at += 1) {
    const option = args[at]
    if (option === '--json') options.json = true
    else if (option === '--only') options.only = wordAfter(args, ++at, /./, 'a word')
    else if (option === '--runs') options.runs = Number(wordAfter(args, ++at, /^[1-9]\d{0,2}$/, 'a number from 1 to 999'))
    else throw new Error(`bench does not know ${option}\n${USAGE}`)
  }
  return options
}

function wordAfter(args, at, allowed, what) {
  const value = args[at]
  if (value === undefined || value.startsWith('--') || !allowed.test(value))
    throw new Error(`${args[at - 1]} needs ${what}\n${USAGE}`)
  return value
}
