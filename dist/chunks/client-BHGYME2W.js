import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-VBG3YU2N.js";import"./chunk-I2ZRTHRN.js";import"./chunk-DYZRPABO.js";import"./chunk-T37XUIR2.js";import"./chunk-DRQRLEJR.js";import"./chunk-O5DVVPDB.js";export{a as LONGEST_WAIT_SECONDS,b as createClient};
