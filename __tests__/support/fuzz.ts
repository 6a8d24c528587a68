// What `npm run fuzz` takes from the tests' support.
export { containers } from './fuzz/containers.ts'
export { randomFrom } from './fuzz/mutations.ts'
export { seeds, trial } from './fuzz/trial.ts'
