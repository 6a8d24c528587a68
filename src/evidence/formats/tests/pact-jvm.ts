// What Pact-JVM's verifier writes as JSON: per consumer, each interaction of its contract tried against the provider.
import type { TestCase } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { caseOf, fileOf, firstLineOf, pathOf, resultOf } from './json-tests.ts'

/**
 * - Each interaction of each execution is a case; its suite is the consumer's name, its file the contract's.
 * - `OK` passes, `failed` is failed, and skipped where the whole contract is pending; another result, or none, is an error.
 * - A contract that could not be loaded, or of which no interaction is there, is a suite error.
 * - Pact-JVM adds to a report that is there already: every run in it is counted, under the time of the last. Remove the file
 *   before verifying.
 * - Known gap: an interaction whose provider state could not be set up by its URL fails the build and is not in the report.
 */
export const pactJvm: Format<'tests'> = {
  id: 'pact-jvm',
  kind: 'tests',
  title: 'Pact-JVM verification (JSON)',
  producers: ['Pact-JVM (Maven, Gradle, JUnit; report `json`)'],
  discovers: ['**/reports/pact/*.json'],
  recognises: (head) =>
    head.jsonRoot === 'object' &&
    head.jsonKeys?.has('execution') === true &&
    (head.jsonKeys.has('metaData') || /"verification"\s{0,20}:\s{0,20}\{/.test(head.text)) &&
    /"interactions"\s{0,20}:\s{0,20}\[/.test(head.text),
  read(source, limits) {
    const root = asObject(readJson(source, limits), 'the report')
    const executions = arrayAt(root, 'execution')
    if (executions === null) throw refused('wrong_shape', '"execution" is absent: no interaction can be counted')
    const cases: TestCase[] = []
    let suiteErrors = 0
    for (const [index, entry] of executions.entries()) {
      inside(
        () => `execution[${index}]`,
        () => {
          const execution = asObject(entry, 'the execution')
          const found = readExecution(execution, cases, limits)
          if (found === 0 || objectAt(execution, 'result') !== null) suiteErrors++
        },
      )
    }
    const meta = objectAt(root, 'metaData')
    const version = meta && textAt(meta, 'pactJvmVersion', limits)
    return resultOf(
      source,
      cases,
      { declared: null, seconds: null, suiteErrors, unfinished: false },
      {
        producer: version && `Pact-JVM ${version}`,
        // Java's form ends in the zone's name: `...Z[Etc/UTC]`.
        createdAt: isoOf(meta && textAt(meta, 'date', limits)?.split('[', 1)[0]),
      },
    )
  },
}

function readExecution(execution: JsonObject, cases: TestCase[], limits: Limits): number {
  const consumer = objectAt(execution, 'consumer')
  const place = consumer && objectAt(consumer, 'source')
  const known = {
    suite: pathOf([consumer && textAt(consumer, 'name', limits)], limits.nameLength),
    file: fileOf(place && textAt(place, 'file', limits)),
  }
  const pending = field(execution, 'pending') === true
  const interactions = arrayAt(execution, 'interactions') ?? []
  for (const [index, entry] of interactions.entries()) {
    inside(
      () => `interactions[${index}]`,
      () => cases.push({ ...one(asObject(entry, 'the interaction'), pending, limits), ...known }),
    )
  }
  return interactions.length
}

function one(entry: JsonObject, pending: boolean, limits: Limits): TestCase {
  const interaction = objectAt(entry, 'interaction')
  const verification = objectAt(entry, 'verification')
  const result = verification && field(verification, 'result')
  const failed = pending ? 'skipped' : 'failed'
  const outcome = result === 'OK' ? 'passed' : result === 'failed' ? failed : 'error'
  const words = outcome === 'passed' || !verification ? [] : wordsOf(verification, limits)
  return caseOf({
    name: (interaction && textAt(interaction, 'description', limits)) ?? '',
    outcome,
    message: firstLineOf(words[0] ?? null),
    trace: words.length === 0 ? null : words.join('\n').slice(0, limits.textLength),
  })
}

/** What did not match: the reporter has a place of its own for each part of a response. */
function wordsOf(verification: JsonObject, limits: Limits): string[] {
  const words: string[] = []
  const add = (text: string | null, what = '') => {
    if (text !== null && text !== '') words.push(what + text)
  }
  for (const key of ['exception', 'cause']) {
    const told = field(verification, key)
    if (isObject(told)) add(textAt(told, 'message', limits))
  }
  add(textAt(verification, 'message', limits))
  const status = field(verification, 'status')
  for (const line of Array.isArray(status) ? status : []) if (typeof line === 'string') add(line)
  for (const key of ['header', 'metadata', 'body']) {
    const told = field(verification, key) ?? null
    if (told !== null) add(JSON.stringify(told).slice(0, 1000), `${key}: `)
    else if (Object.hasOwn(verification, key)) add(`${key} differs`)
  }
  return words
}
