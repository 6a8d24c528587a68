import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{c as t}from"./chunk-O5DVVPDB.js";var o=t((p,e)=>{e.exports=process.getBuiltinModule("node:http")});export{o as a};
