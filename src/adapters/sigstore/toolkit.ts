// Signing by GitHub's toolkit, in a file of its own: it is large, and loaded only by a run that signs.
export { attest } from '@actions/attest'
