import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
function t(e,n){return n===null?e:`${e}@${n}`}function r(e,n){return`${e} ${n}`}var s={state:"off",place:"the ledger",problem:null,head:null,branch:null,runs:[],complete:!0,ancestors:null,ancestryProblem:null};export{t as a,r as b,s as c};
