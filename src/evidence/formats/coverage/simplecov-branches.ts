// Branches of one file in SimpleCov's result set: conditions with their outcomes, the same ones of several commands merged.
import { addBranches } from '../../coverage/by-line.ts'
import { lineNumber } from '../../coverage/json-places.ts'
import { refused } from '../../scan/json.ts'
import { asCount, asObject } from '../../scan/json-fields.ts'

/** `[:if, 3, 10, 4, 14, 7]`: type, number, first line and column, last line and column. */
const PLACE = /^\[:[a-z_&."]{1,20}, \d{1,9}, (\d{1,9}), \d{1,9}, \d{1,9}, \d{1,9}\]$/

export class SimplecovBranches {
  private readonly conditions = new Map<string, { line: number; outcomes: Map<string, number> }>()

  add(value: unknown): void {
    for (const [place, outcomes] of Object.entries(asObject(value, '"branches"'))) {
      const condition = this.conditionAt(place)
      for (const [outcome, hits] of Object.entries(asObject(outcomes, 'a branch'))) {
        condition.outcomes.set(outcome, (condition.outcomes.get(outcome) ?? 0) + asCount(hits, "a branch's hits"))
      }
    }
  }

  byLine(): Map<number, [covered: number, total: number]> {
    const lines = new Map<number, [covered: number, total: number]>()
    for (const { line, outcomes } of this.conditions.values()) {
      const taken = [...outcomes.values()].filter((hits) => hits > 0).length
      addBranches(lines, line, taken, outcomes.size)
    }
    return lines
  }

  private conditionAt(place: string): { line: number; outcomes: Map<string, number> } {
    const before = this.conditions.get(place)
    if (before) return before
    const line = PLACE.exec(place)?.[1]
    if (line === undefined) throw refused('wrong_shape', `${JSON.stringify(place.slice(0, 60))} is no place of a branch`)
    const condition = { line: lineNumber(Number(line), 'its line'), outcomes: new Map<string, number>() }
    this.conditions.set(place, condition)
    return condition
  }
}
