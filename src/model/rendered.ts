// What a renderer hands to a publisher: text already escaped for its target, and within GitHub's limits.

/** A remark on lines of a file, shown on the pull request's diff. Lines count from 1. */
export interface Annotation {
  path: string
  startLine: number
  endLine: number
  level: 'notice' | 'warning' | 'failure'
  /** At most 64 KB. */
  message: string
  /** At most 255 characters. */
  title: string | null
}

export type Conclusion = 'success' | 'failure' | 'action_required' | 'neutral'

/** A check run. `summary` and `text` are Markdown of at most 65,535 bytes each. */
export interface RenderedCheck {
  /** The check's name on GitHub: `certify verdict`. */
  name: string
  title: string
  conclusion: Conclusion
  summary: string
  text: string | null
  /** Most severe first; any number, the publisher sends them fifty at a time. */
  annotations: Annotation[]
}
