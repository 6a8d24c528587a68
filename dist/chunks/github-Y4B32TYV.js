import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-ZEVFK5W7.js";import"./chunk-7XFS2NBG.js";import"./chunk-RZOWCPQN.js";import"./chunk-T37XUIR2.js";import"./chunk-QCPWBM3B.js";import"./chunk-DRQRLEJR.js";import"./chunk-O5DVVPDB.js";export{a as context,b as getOctokit};
