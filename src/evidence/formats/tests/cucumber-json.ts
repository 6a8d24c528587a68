// Cucumber's JSON formatter: features, their scenarios, and the result of each step.
import type { TestCase } from '../../../model/evidence.ts'
import type { Format, Limits } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { judged, type StepResult, stepsOf } from './cucumber-steps.ts'
import { caseOf, fileOf, lineOf, resultOf } from './json-tests.ts'

/**
 * - A scenario is a case, each row of an outline one of its own; the suite is the feature's name. Steps of a background and
 *   of hooks count with the scenario that follows.
 * - A failed or ambiguous step makes it failed; a status that Cucumber does not have, or none, an error; else an undefined,
 *   pending or skipped step makes it skipped, as no step at all does.
 * - Scenarios with an undefined or pending step fail the run (Cucumber is strict unless told otherwise): each is counted
 *   as skipped, and as a suite error too, so that nothing unwritten passes.
 * - Time: the sum of the steps' own, in nanoseconds. When it was made is not in the file.
 * - Cucumber.js leaves out attempts that were tried again: nothing is flaky. The file has no totals of its own.
 */
export const cucumberJson: Format<'tests'> = {
  id: 'cucumber-json',
  kind: 'tests',
  title: 'Cucumber JSON',
  producers: ['cucumber-js', 'Cucumber-JVM', 'cucumber (Ruby)', 'Karate', 'godog'],
  discovers: ['**/cucumber*.json'],
  recognises: (head) =>
    head.jsonRoot === 'array' &&
    head.jsonKeys !== null &&
    (head.jsonKeys.has('elements') || head.jsonKeys.has('uri')) &&
    /"keyword"\s{0,20}:/.test(head.text) &&
    /"(?:elements|steps)"\s{0,20}:/.test(head.text) &&
    // Behave writes something alike, with a place for each feature.
    !head.jsonKeys.has('location'),
  read(source, limits) {
    const features = asArray(readJson(source, limits), 'the report')
    const found = new Found(limits)
    for (const [index, feature] of features.entries()) {
      inside(
        () => `feature ${index + 1}`,
        () => readFeature(asObject(feature, 'the feature'), found, limits),
      )
    }
    const told = { declared: null, seconds: null, suiteErrors: found.suiteErrors, unfinished: false }
    return resultOf(source, found.cases, told, {})
  },
}

class Found {
  readonly cases: TestCase[] = []
  suiteErrors = 0

  constructor(private readonly limits: Limits) {}

  /** A background that failed with no scenario after it happened all the same. */
  alone(background: readonly StepResult[]): void {
    if (background.some(({ outcome }) => outcome !== 'passed')) this.suiteErrors++
  }

  add(scenario: JsonObject, steps: readonly StepResult[], place: { suite: string; file: string | null }): void {
    const { outcome, open, seconds, told } = judged(steps)
    if (open) this.suiteErrors++
    this.cases.push(
      caseOf({
        ...place,
        name: textAt(scenario, 'name', this.limits) ?? '',
        line: told?.line ?? lineOf(field(scenario, 'line')),
        outcome,
        seconds,
        message: told?.message ?? null,
        trace: told?.trace ?? null,
      }),
    )
  }
}

function readFeature(feature: JsonObject, found: Found, limits: Limits): void {
  const suite = textAt(feature, 'name', limits) ?? ''
  const file = fileOf(textAt(feature, 'uri', limits)?.replace(/^(?:file|classpath):/, '') ?? null)
  let background: StepResult[] = []
  for (const [index, element] of (arrayAt(feature, 'elements') ?? []).entries()) {
    inside(
      () => `element ${index + 1}`,
      () => {
        const scenario = asObject(element, 'the element')
        const steps = stepsOf(scenario, limits)
        if (field(scenario, 'type') === 'background') {
          found.alone(background)
          background = steps
          return
        }
        found.add(scenario, [...background, ...steps], { suite, file })
        background = []
      },
    )
  }
  found.alone(background)
}
