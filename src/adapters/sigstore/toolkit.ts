// GitHub's toolkit as far as signing needs it, in a file of its own: it is large, and loaded only by a run that signs. Named one by
// one: a package that is loaded whole stays whole, also where every run shares it.
export { attest } from '@actions/attest'
export { getIDToken } from '@actions/core'
