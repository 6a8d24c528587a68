// What one layer of configuration makes easier to pass than the layer below it.
import type { Config, Loosening } from '../model/config.ts'
import { changesBetween } from './compare.ts'

/** Origins that name no place a person could look at. */
const NOWHERE: readonly (string | null)[] = [null, '', 'default', 'sentence']

/**
 * Every setting of `over` that is looser than (or cannot be compared with) `base`. Where `base` leaves something open that has to be
 * declared, such as evidence or objectives, the first declaration is no loosening: without one nothing passes.
 * Pointers use the keys of the config file: /certification_levels/level_1_component_certification/validation_criteria/test_coverage.
 * `originOf` is asked for settings that carry no origin of their own.
 */
export function looseningsOf(base: Config, over: Config, originOf: (pointer: string) => string): Loosening[] {
  return changesBetween(base, over)
    .filter((change) => change.direction === 'looser' || change.direction === 'unknown')
    .map(({ pointer, item, from, to, origin }) => ({
      pointer,
      from: item === '' ? from : `${item}: ${from}`,
      to,
      origin: origin === null || NOWHERE.includes(origin) ? originOf(pointer) : origin,
    }))
}
