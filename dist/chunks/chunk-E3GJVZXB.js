import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var t="certify/approval/v1",o="certify/gate-decision/v1";function a(e){return`certify-gate-${e}`}export{t as a,o as b,a as c};
