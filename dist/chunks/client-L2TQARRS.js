import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-HLUO4XCR.js";import"./chunk-I2ZRTHRN.js";import"./chunk-RZOWCPQN.js";import"./chunk-T37XUIR2.js";import"./chunk-DRQRLEJR.js";import"./chunk-O5DVVPDB.js";export{a as createClient};
