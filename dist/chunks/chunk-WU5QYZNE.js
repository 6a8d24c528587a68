import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
function s({code:e,args:n,about:t}){return JSON.stringify([e,Object.entries(n).sort(([r],[i])=>r<i?-1:1),t??null])}function g(e,n){return{code:e,args:n}}export{s as a,g as b};
