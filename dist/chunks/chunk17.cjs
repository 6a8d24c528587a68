'use strict';const chunkLHLEEB4Z=require('./chunk15.cjs'),core=require('./core.cjs');var q="m23.5 25.5 6 6 11.5-12.5",U="m24.5 17.5 15 15m0-15-15 15";function H(t){return `<svg class="seal" viewBox="0 0 64 64" aria-hidden="true"><path d="M20 36 14 60l10-4 6 7 4-20zM44 36l6 24-10-4-6 7-4-20z" fill="currentColor" opacity=".55"/><circle cx="32" cy="25" r="22" fill="currentColor"/><circle cx="32" cy="25" r="17.5" fill="none" stroke="#fff" stroke-width="1.4" stroke-dasharray="2 1.6"/><path d="${t?q:U}" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>`}var M="--ink:#1f2328;--soft:#59636e;--line:#d8dee4;--paper:#fff;--desk:#f2f4f6;--box:#f6f8fa;--good:#1a7f37;--warn:#9a6700;--bad:#cf222e;--unknown:#8250df;--waiting:#0969da",J="--ink:#e6edf3;--soft:#9198a1;--line:#30363d;--paper:#0d1117;--desk:#010409;--box:#151b23;--good:#3fb950;--warn:#d29922;--bad:#f85149;--unknown:#a371f7;--waiting:#58a6ff",P=`
:root{color-scheme:light dark;${M}}
@media (prefers-color-scheme:dark){:root{${J}}}
@page{size:A4;margin:11mm 12mm}
*{box-sizing:border-box}
body{margin:0;background:var(--desk);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI","Liberation Sans",Arial,sans-serif}
main{max-width:860px;margin:0 auto;padding:24px 16px;--seal:var(--good)}
main.warn{--seal:var(--warn)}main.bad{--seal:var(--bad)}main.quiet{--seal:var(--soft)}
article{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:28px 32px;margin-bottom:20px;overflow-wrap:anywhere}
.face{border-top:6px solid var(--seal)}
header{display:flex;gap:22px;align-items:center;margin-bottom:18px}
.seal{flex:none;width:84px;height:84px;color:var(--seal)}
.kind{margin:0;color:var(--soft);font-size:12px;letter-spacing:.12em;text-transform:uppercase}
h1{font:600 32px/1.15 "Iowan Old Style",Charter,Georgia,"Liberation Serif",serif;margin:2px 0 8px}
.level{margin:0;font-size:16px}
.ended{margin:0 0 16px;padding:10px 14px;border:2px solid var(--seal);border-radius:8px;color:var(--seal);font-weight:600}
.statement code{font-size:.78em}
.state{margin-left:8px;font-size:13px;font-weight:600;white-space:nowrap}
.statement{font:16px/1.5 "Iowan Old Style",Charter,Georgia,"Liberation Serif",serif;margin:0;padding:12px 0;border:solid var(--line);border-width:1px 0}
h2{font-size:12px;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:20px 0 6px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 32px}
dl{display:grid;grid-template-columns:minmax(96px,max-content) 1fr;gap:3px 16px;margin:0}
dt{color:var(--soft);max-width:220px}
dd{margin:0;min-width:0}
code,pre{font:12px/1.5 ui-monospace,"SF Mono","Liberation Mono",Menlo,Consolas,monospace}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:5px 12px 5px 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:500;font-size:12px;overflow-wrap:normal}
td:last-child,th:last-child{padding-right:0}
.domains td:nth-child(1){width:29%}.domains td:nth-child(2){width:15%}.domains td:nth-child(3){width:22%;white-space:nowrap}
.criteria td:nth-child(1){width:36%}.criteria td:nth-child(2){width:20%}.criteria td:nth-child(3){width:20%}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.unknown{color:var(--unknown)}.waiting{color:var(--waiting)}.quiet{color:var(--soft)}
main[class]{color:inherit}.printed{display:none}
.bar{display:inline-block;width:56px;height:7px;border-radius:4px;background:var(--line);margin-right:8px;vertical-align:1px;overflow:hidden}
.bar span{display:block;height:100%;background:currentColor}
.gates{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}
.gates th:nth-child(1):nth-last-child(4){width:26%}.gates th:nth-child(2):nth-last-child(3){width:16%}.gates th:nth-child(3):nth-last-child(2){width:36%}
.check{background:var(--box);border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin-top:22px}
.check h2{margin-top:0}
pre{white-space:pre-wrap;margin:10px 0 0;padding-top:10px;border-top:1px solid var(--line)}
footer{margin-top:16px;color:var(--soft);font-size:12px}
.annex section:first-child h2{margin-top:0}
@media (max-width:620px){
main{padding:0}article{border-width:6px 0 0;border-radius:0;padding:20px 16px;margin:0 0 12px}.annex{border-top-width:1px}
header{gap:14px}.seal{width:56px;height:56px}h1{font-size:24px}.state{display:block;margin:2px 0 0}
.pair,.gates,dl{grid-template-columns:1fr}dl{gap:0}dt{font-size:12px}dd{margin-bottom:6px}
thead{display:none}tr{display:block;padding:6px 0;border-bottom:1px solid var(--line)}
td,.domains td:nth-child(n),.criteria td:nth-child(n){display:grid;grid-template-columns:88px 1fr;width:auto;border:0;padding:1px 0}
td::before{content:attr(data-of);color:var(--soft);font-size:12px}.bar{display:none}}
@media print{
:root{${M};--desk:#fff;--box:#fff}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{font-size:10px;line-height:1.35}main{padding:0 1px;max-width:none}
article{border:0;border-radius:0;padding:0;margin:0}.face{border-top:5px solid var(--seal);padding-top:12px}
.annex{display:none}section,tr,header{break-inside:avoid}h2{break-after:avoid;font-size:9.5px;margin:6px 0 1px}
header{margin-bottom:8px}.seal{width:64px;height:64px}h1{font-size:25px;margin:0 0 4px}.level{font-size:13px}.state{font-size:11px}
.ended{font-size:12px;padding:6px 10px;margin-bottom:10px}.kind{font-size:9.5px}.statement{font-size:12px;padding:7px 0}code,pre{font-size:9px}th,td{padding:1.5px 8px 1.5px 0}.domains td:nth-child(1){width:23%}.domains td:nth-child(2){width:12%}.domains td:nth-child(3){width:19%}th,footer{font-size:9.5px}
.printed{display:inline}.check{padding:5px 10px;margin-top:7px}pre{margin-top:5px;padding-top:5px}dl{gap:1px 12px}footer{margin-top:8px}}
`;var c=400,K=5;function A(t,n){let e=chunkLHLEEB4Z.R(t,n);return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${core.bS(`${e.system}: ${e.heading}`,200)}</title><style>${P}</style></head>
<body><main class="${e.standing.tone}">
${X(e)}
${Q(e)}
</main></body></html>
`}function X(t){return `<article class="face">
<header>${H(t.ended===null)}<div><p class="kind">Production Readiness Certificate</p><h1>${core.bS(t.system,160)}</h1>
<p class="level"><strong>${core.bS(t.heading,160)}</strong> <span class="state">${k(t.standing)}</span></p></div></header>
${t.ended===null?"":`<p class="ended">${core.bS(t.ended,c)}</p>`}
<p class="statement">${at(core.bS(t.statement))}</p>
<div class="pair">${f("Overview",v(t.overview))}${f("Validity",v(t.validity))}</div>
${f("Scope",v(t.scope))}
${f("Status summary",x("domains",["Domain","Status","Completion","Open"],t.domains.map(Z)))}
${f("Critical blockers",x("",["Issue","Impact","Action"],t.blockers.map(tt)))}
${f("Conditions",x("",["Condition","Level","Due"],t.conditions.map(et)))}
<div class="pair gates">${f("Gates",x("",["Gate","State"],t.gates.map(nt)))}
${f("Sign-offs",x("",["Role","For","Given before","Record"],t.signOffs.map(it)))}</div>
${f("What made it easier to get",v(t.remarks))}
<section class="check"><h2>Verification</h2>${v(t.verification)}<pre>${t.commands.map(n=>core.bS(n,c)).join(`
`)}</pre></section>
<footer>${core.bS(t.footer)}<span class="printed"> Its criteria and reports: certificate.json.</span></footer>
</article>`}function Q(t){return `<article class="annex">
${t.levels.map(({name:e,shown:i,criteria:r})=>f(`${e} \xB7 ${i.mark} ${i.word}`,x("criteria",["Criterion","Outcome","Value","Limit"],r.map(rt)))).join(`
`)}
${f("Reports it rests on",x("",["Report","Format","sha256"],t.evidence.map(ot)))}
</article>`}function Z({name:t,shown:n,percent:e,text:i,open:r}){let d=e===null?"":`<span class="bar ${n.tone}"><span style="width:${e}%"></span></span>`,s=r.slice(0,K).map(p=>core.bS(p,c));return r.length>s.length&&s.push(`and ${r.length-s.length} more`),[core.bS(t,c),k(n),`${d}${core.bS(i)}`,s.join("<br/>")||"\u2013"]}function tt({issue:t,impact:n,action:e}){return [core.bS(t,c),core.bS(n,c),core.bS(e,c)]}function et({text:t,level:n,due:e}){return [core.bS(t,c),String(n),core.bS(e)]}function nt({name:t,shown:n}){return [core.bS(t,c),k(n)]}function it({role:t,gate:n,before:e,record:i}){return [core.bS(t,c),n,core.bS(e,c),`<code>${core.bS(i.slice(0,12))}</code>`]}function rt({id:t,shown:n,value:e,limit:i}){return [core.bS(t,c),k(n),core.bS(e),core.bS(i,c)]}function ot({path:t,format:n,sha256:e}){return [core.bS(t,c),core.bS(n??"\u2013",c),`<code>${core.bS(e,c)}</code>`]}function at(t){return t.replace(/\b(?:sha256:[0-9a-f]{64}|[0-9a-f]{40})\b/g,"<code>$&</code>")}function k({mark:t,word:n,tone:e}){return `<span class="${e}">${t} ${core.bS(n)}</span>`}function f(t,n){return n===""?"":`<section><h2>${core.bS(t,200)}</h2>${n}</section>`}function v(t){let n=({name:e,text:i,exact:r})=>{let d=core.bS(i,c);return `<dt>${core.bS(e,c)}</dt><dd>${r===!0?`<code>${d}</code>`:d}</dd>`};return t.length===0?"":`<dl>${t.map(n).join("")}</dl>`}function x(t,n,e){if(e.length===0)return "";let i=e.map(d=>`<tr>${d.map((s,p)=>`<td data-of="${n[p]}">${s}</td>`).join("")}</tr>`),r=n.map(d=>`<th>${d}</th>`).join("");return `<table${t===""?"":` class="${t}"`}><thead><tr>${r}</tr></thead><tbody>${i.join("")}</tbody></table>`}var l=400,dt=5;function W(t,n){let e=chunkLHLEEB4Z.R(t,n),{remarks:i,evidence:r}=e,d=[$(`# \u{1F3C6} Production Readiness Certificate: ${core.aS(e.system,160)}`),$(`**${core.aS(e.heading,160)}** \xB7 ${core.bT(e.standing)}`),$(e.ended===null?"":`**${core.aS(e.ended,l)}**`),$(core.aS(e.statement)),m("\u{1F4CB} Overview",S(e.overview)),m("\u{1F3AF} Scope",s=>V(e.scope,B,s)),m("\u{1F4CA} Status summary",core.aR(["Domain","Status","Completion","Open"],e.domains,lt,u)),m("\u{1F6A7} Critical blockers",s=>V(e.blockers,pt,s)),m("\u23F3 Conditions",core.aR(["Condition","Level","Due"],e.conditions,ft,u)),m("\u{1F6AA} Gates",core.aR(["Gate","State"],e.gates,mt,u)),m("\u{1F4DD} Sign-offs",core.aR(["Role","For","Given before","Record"],e.signOffs,gt,u)),m("\u{1F4C5} Validity",S(e.validity)),m("\u{1F50D} Verification",`${S(e.verification)}

${e.commands.map(s=>core.aT(s,l)).join(`

`)}`),...e.levels.map(ct),N("What made it easier to get",i.length,s=>core.aR(["","What"],i,ht,s)),N("Reports it rests on",r.length,s=>core.aR(["Report","Format","sha256"],r,ut,s)),$(`<sub>${core.aS(e.footer)}</sub>`)];return core.bU(d,{limit:1048576,measure:core.bV,note:s=>`_Shortened here: ${s.map(p=>core.aS(p,200)).join(", ")}. All of it is in certificate.json._`})}var u=200;function $(t){return {name:"the text",keep:100,forms:[()=>t]}}function m(t,n){let e=i=>()=>{let r=typeof n=="string"?n:n(i);return r===""?"":`## ${t}

${r}`};return {name:t,keep:90,forms:typeof n=="string"?[e(u)]:[e(u),e(20),e(5)]}}function N(t,n,e){let i=r=>()=>core.bW(`${t} (${n})`,e(r));return {name:t,keep:20,forms:[i(u),i(50),i(10)]}}function ct({name:t,shown:n,criteria:e}){let i=`${core.aS(t,160)}: ${n.mark} ${n.word}`,r=d=>()=>{let s=core.aR(["Criterion","Outcome","Value","Limit"],e,p=>[core.aT(p.id),core.bT(p.shown),core.aS(p.value),core.aS(p.limit,l)],d);return s===""?`**${i}**`:`**${i}**

${s}`};return {name:t,keep:50,forms:[r(u),r(50),r(10)]}}function S(t){return t.map(B).join(`
`)}function B({name:t,text:n,exact:e}){return `- ${core.aS(t,l)}: ${e?core.aT(n,l):core.aS(n,l)}`}function V(t,n,e){let i=t.slice(0,e).map(n).join(`
`);return t.length>e?`${i}

and ${t.length-e} more, in certificate.json`:i}function pt({issue:t,impact:n,action:e}){return `- **Issue**: ${core.aS(t,l)}
  - **Impact**: ${core.aS(n,l)}
  - **Action**: ${core.aS(e,l)}`}function lt({name:t,shown:n,text:e,open:i}){let r=i.slice(0,dt).map(d=>core.aS(d,160));return i.length>r.length&&r.push(`and ${i.length-r.length} more`),[core.aS(t,l),core.bT(n),core.bX(core.aS(e)),r.join("<br>")||"\u2013"]}function ft({text:t,level:n,due:e}){return [core.aS(t,l),String(n),core.aS(e)]}function mt({name:t,shown:n}){return [core.aS(t,l),core.bT(n)]}function gt({role:t,gate:n,before:e,record:i}){return [core.aS(t,l),n,core.aS(e),core.aT(i.slice(0,12))]}function ht({name:t,text:n}){return [core.aS(t),core.aS(n,l)]}function ut({path:t,format:n,sha256:e}){return [core.aT(t),core.aT(n??"\u2013"),core.aT(e)]}var xt={issued:[],revoked:[],notices:[],met:[],unread:[]};function wt({certificate:t,digest:n,signing:e},i,r){let d=core.aZ(t,i,r);return {digest:n,signing:e,status:d,at:r.toISOString(),ended:core.bY(d)}}function _t(t,n,{reportDir:e},{files:i,clock:r,env:d},s=xt){let{certificate:p}=t,C=wt(t,s,r.now()),w=`${e}/certificate`,O=`${w}/${chunkLHLEEB4Z.v}`;i.write(O,core.b7(p)),i.write(`${w}/certificate.md`,W(p,C)),i.write(`${w}/certificate.html`,A(p,C));let Y=chunkLHLEEB4Z.$(p,t.digest,chunkLHLEEB4Z.c(d.GITHUB_WORKFLOW_REF??""));return i.write(`${w}/certificate.intoto.json`,bt(n)??JSON.stringify(Y)),n!==null&&i.write(`${w}/certificate.sigstore.json`,n),O}function Gt({data:{signing:t}},n){return t.state==="signed"?n.object(t.bundle):null}function bt(t){let n=t===null?void 0:JSON.parse(t).dsseEnvelope?.payload;return typeof n=="string"?Buffer.from(n,"base64").toString():null}function Pt({subject:t,branch:n,inAction:e}){if(!(e&&n.isDefault&&t.event!=="pull_request"&&t.event!=="merge_group"))throw new core.n("not_trusted","certificates are issued and revoked only by runs of the default branch",{hint:"start the workflow on the default branch: by workflow_dispatch, a push or a schedule"})}exports.G=Gt;exports.P=Pt;exports._=_t;