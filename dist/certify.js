import {createRequire}from'node:module';import'./chunks/core.js';const require$1 = createRequire(import.meta.url);
function t(i){return i}export{t as defineCertification};