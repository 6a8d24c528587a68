// The name of the format that an evidence entry declares by JSON pointers.

/** Its id in the config. It is in no list of formats: without a declaration no content is told to be of it. */
export const POINTED_JSON = 'json'
