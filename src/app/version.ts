// The product's version, put in by the build from package.json.
declare const CERTIFY_VERSION: string | undefined

export const VERSION: string = typeof CERTIFY_VERSION === 'string' ? CERTIFY_VERSION : '0.0.0-source'
