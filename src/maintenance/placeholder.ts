// The owner that init leaves open in what it writes: nobody but the user knows whose certify a repository uses.

export const PLACEHOLDER = 'OWNER/certify'

/** True where a workflow still names it. */
export function isPlaceholder(uses: string): boolean {
  return uses.startsWith(PLACEHOLDER)
}
