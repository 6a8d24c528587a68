import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var n="certify/evaluation/v1";function s(e,t){return t===null?e:`${e}@${t}`}function i(e,t){return`${e} ${t}`}var o={state:"off",place:"the ledger",problem:null,head:null,branch:null,runs:[],complete:!0,ancestors:null,ancestryProblem:null};export{s as a,i as b,o as c,n as d};
