import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
function s({code:n,args:e,about:r}){return JSON.stringify([n,Object.entries(e).sort(([t],[i])=>t<i?-1:1),r??null])}function g(n){let e=new Set;return n.filter(r=>{let t=s(r);return!e.has(t)&&e.add(t)!==void 0})}function a(n,e){return{code:n,args:e}}export{s as a,g as b,a as c};
