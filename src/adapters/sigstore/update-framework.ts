// Sigstore's public root by The Update Framework, in a file of its own: loaded only where no root is named.
export { getTrustedRoot } from '@sigstore/tuf'
