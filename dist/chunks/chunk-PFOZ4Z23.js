import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var e=["failed","pending","warn","never"],n=[".github/certification.yml",".github/certification.yaml",".github/certification.json"];export{e as a,n as b};
