import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var n=class extends Error{code;hint;problems;constructor(r,s,e={}){super(s,e.cause===void 0?void 0:{cause:e.cause}),this.name="CertifyError",this.code=r,this.hint=e.hint,this.problems=e.problems??[]}};export{n as a};
