// The formats as a list, by family and name: all at once, for who shows or tries each of them.
import type { Format } from '../format.ts'
import * as known from './known.ts'

export const FORMATS: readonly Format[] = Object.values(known)
