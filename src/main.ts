// The Action: what a runner starts.
import './compose/beginning.ts'

const { step } = await import('./compose/step.ts')
await step()
