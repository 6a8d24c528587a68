// Every report format that certify reads. One that can begin in more than one way is in more than one list.
export * from './json.ts'
export * from './text.ts'
export * from './xml.ts'
