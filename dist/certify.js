import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import"./chunks/chunk-O5DVVPDB.js";function t(i){return i}export{t as defineCertification};
