import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-T7DE6VV5.js";import"./chunk-VCQ5EP7F.js";import"./chunk-DYZRPABO.js";import"./chunk-T37XUIR2.js";import"./chunk-QCPWBM3B.js";import"./chunk-DRQRLEJR.js";import"./chunk-O5DVVPDB.js";export{a as context,b as getOctokit};
