// The four certification levels and the gates that belong to them, as named nouns.

export type LevelNumber = 1 | 2 | 3 | 4
export type LevelId = 'component' | 'integration' | 'service' | 'system'

export const LEVEL_IDS: readonly LevelId[] = ['component', 'integration', 'service', 'system']

/** What a person may call a level. */
export const LEVEL_NAMES: readonly string[] = ['1', '2', '3', '4', ...LEVEL_IDS]

export function levelNumber(id: LevelId): LevelNumber {
  return (LEVEL_IDS.indexOf(id) + 1) as LevelNumber
}

export function levelId(number: LevelNumber): LevelId {
  return LEVEL_IDS[number - 1]!
}
