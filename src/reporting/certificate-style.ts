// How a certificate's page looks: light, dark, narrow and on paper. Everything is in the document; nothing is fetched.

const HOLDS = 'm23.5 25.5 6 6 11.5-12.5'
const ENDED = 'm24.5 17.5 15 15m0-15-15 15'

/** Drawn in the colour of its text; says nothing that the page does not say in words. */
export function sealOf(holds: boolean): string {
  return `<svg class="seal" viewBox="0 0 64 64" aria-hidden="true"><path d="M20 36 14 60l10-4 6 7 4-20zM44 36l6 24-10-4-6 7-4-20z" fill="currentColor" opacity=".55"/><circle cx="32" cy="25" r="22" fill="currentColor"/><circle cx="32" cy="25" r="17.5" fill="none" stroke="#fff" stroke-width="1.4" stroke-dasharray="2 1.6"/><path d="${holds ? HOLDS : ENDED}" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>`
}

const LIGHT =
  '--ink:#1f2328;--soft:#59636e;--line:#d8dee4;--paper:#fff;--desk:#f2f4f6;--box:#f6f8fa;--good:#1a7f37;--warn:#9a6700;--bad:#cf222e;--unknown:#8250df;--waiting:#0969da'
const DARK =
  '--ink:#e6edf3;--soft:#9198a1;--line:#30363d;--paper:#0d1117;--desk:#010409;--box:#151b23;--good:#3fb950;--warn:#d29922;--bad:#f85149;--unknown:#a371f7;--waiting:#58a6ff'

export const CERTIFICATE_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
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
:root{${LIGHT};--desk:#fff;--box:#fff}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{font-size:10px;line-height:1.35}main{padding:0 1px;max-width:none}
article{border:0;border-radius:0;padding:0;margin:0}.face{border-top:5px solid var(--seal);padding-top:12px}
.annex{display:none}section,tr,header{break-inside:avoid}h2{break-after:avoid;font-size:9.5px;margin:6px 0 1px}
header{margin-bottom:8px}.seal{width:64px;height:64px}h1{font-size:25px;margin:0 0 4px}.level{font-size:13px}.state{font-size:11px}
.ended{font-size:12px;padding:6px 10px;margin-bottom:10px}.kind{font-size:9.5px}.statement{font-size:12px;padding:7px 0}code,pre{font-size:9px}th,td{padding:1.5px 8px 1.5px 0}.domains td:nth-child(1){width:23%}.domains td:nth-child(2){width:12%}.domains td:nth-child(3){width:19%}th,footer{font-size:9.5px}
.printed{display:inline}.check{padding:5px 10px;margin-top:7px}pre{margin-top:5px;padding-top:5px}dl{gap:1px 12px}footer{margin-top:8px}}
`
