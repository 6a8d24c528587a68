import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-IEED6SQR.js";import"./chunk-JGATTLZP.js";import"./chunk-T37XUIR2.js";import"./chunk-XBJA53WE.js";import"./chunk-SYKAVYZ6.js";import"./chunk-54MAYRPX.js";import"./chunk-O5DVVPDB.js";export{a as BranchLedger};
