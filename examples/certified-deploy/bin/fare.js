#!/usr/bin/env node
// `fare ZONES [adult|child|senior]`
import { fare } from '../src/fare.js'

const [zones, rider] = process.argv.slice(2)
console.log((fare(Number(zones), rider) / 100).toFixed(2))
