import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var e=`

(cut: the report folder has the whole text)
`;function i(n,r){if(n.length*3<=r||Buffer.byteLength(n)<=r)return n;let f=Buffer.from(n).subarray(0,r-Buffer.byteLength(e));return t(f.toString("utf8").replace(/\ufffd{1,3}$/,""))}function u(n,r){return n.length<=r?n:t(n.slice(0,r-e.length).replace(/[\ud800-\udbff]$/,""))}function t(n){let r=n.lastIndexOf(`
`);return`${r>n.length/2?n.slice(0,r):n}${e}`}export{i as a,u as b};
