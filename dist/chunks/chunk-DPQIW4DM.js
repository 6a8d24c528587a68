import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var t=["component","integration","service","system"];function r(e){return t.indexOf(e)+1}function n(e){return t[e-1]}export{t as a,r as b,n as c};
