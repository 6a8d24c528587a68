// A row's goals in words, and whether its figures meet them. A figure that is missing never meets a goal.

/** Each figure that a goal can be about: how its limit is written. */
const FIGURES = {
  ratio: (most) => `${most} x floor`,
  memory: (most) => `${most} MiB`,
  timeRatio: (most) => `time ${most} x`,
  memoryRatio: (most) => `memory ${most} x`,
  kB: (most) => `${most} kB`,
  requests: (most) => `${most}`,
}

/** `goals` names for each figure the most it may be. */
export function goalText(goals) {
  const limits = Object.entries(goals).map(([figure, most]) => FIGURES[figure](most))
  return limits.length === 0 ? '' : `<= ${limits.join(', ')}`
}

/** null: nothing was to be met. */
export function isMet(figures, goals) {
  const named = Object.keys(goals)
  return named.length === 0 ? null : named.every((figure) => figures[figure] <= goals[figure])
}

/** "met", or each figure that is not, with how many times too much it is. */
export function outcome(figures, goals) {
  const met = isMet(figures, goals)
  if (met === null) return ''
  if (met) return 'met'
  return Object.entries(goals)
    .filter(([figure, most]) => !(figures[figure] <= most))
    .map(([figure, most]) => `${figure} ${excess(figure, figures[figure], most)}`)
    .join(', ')
}

function excess(figure, value, most) {
  if (value === undefined) return 'not measured'
  if (figure === 'requests') return `${value - most} over`
  return `${Math.max(1.01, value / most).toFixed(2)} x over`
}
