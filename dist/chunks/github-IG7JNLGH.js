import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-GWJMECEJ.js";import"./chunk-F6QCXRPG.js";import"./chunk-N5QHSCAM.js";import"./chunk-QCPWBM3B.js";import"./chunk-DRQRLEJR.js";import"./chunk-O5DVVPDB.js";export{a as context,b as getOctokit};
