import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b,c}from"./chunk-3HL6F7NZ.js";import"./chunk-NZRF47BQ.js";import"./chunk-PZZ6ZQDQ.js";import"./chunk-T3AHJ33K.js";import"./chunk-DPQIW4DM.js";import"./chunk-O5DVVPDB.js";export{b as comparePolicy,a as extendsOf,c as resolveConfig};
