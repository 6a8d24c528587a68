// The toolkit's context. Loading it reads the event file, and throws on a broken one: import it where that can be said.
export { context } from '@actions/github'
