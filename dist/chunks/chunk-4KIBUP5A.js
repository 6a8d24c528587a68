import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var e=`

(cut: the report folder has the whole text)
`;function o(n,r){if(n.length*3<=r||Buffer.byteLength(n)<=r)return n;let i=Buffer.from(n).subarray(0,r-Buffer.byteLength(e));return t(i.toString("utf8").replace(/\ufffd{1,3}$/,""))}function s(n,r){return n.length<=r?n:t(n.slice(0,r-e.length).replace(/[\ud800-\udbff]$/,""))}function t(n){let r=n.lastIndexOf(`
`);return`${r>n.length/2?n.slice(0,r):n}${e}`}function u(n){return n?.login==="github-actions[bot]"&&n.type==="Bot"}async function f(n){try{return(await n.graphql("{ viewer { login } }")).viewer.login}catch{return null}}export{o as a,s as b,u as c,f as d};
