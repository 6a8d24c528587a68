// What one layer of configuration makes easier to pass than the layer below it.
import type { Config, Loosening } from '../model/config.ts'

/**
 * Every setting of `over` that is looser than (or cannot be compared with) `base`. Pointers use the keys of the config file:
 * /certification_levels/level_1_component_certification/validation_criteria/test_coverage, /metrics/test_coverage/evidence, /target/push.
 * `originOf` is asked for settings that carry no origin of their own.
 */
export function looseningsOf(_base: Config, _over: Config, _originOf: (pointer: string) => string): Loosening[] {
  return []
}
