import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var e="certify/approval/v1",t="certify/gate-decision/v1";export{e as a,t as b};
