// Pictures of goldens as GitHub shows them: a GFM renderer, GitHub's own style sheet, a real Chromium; light, dark, phone.
//   node scripts/pictures.mjs                       those in docs/pictures
//   node scripts/pictures.mjs --all FOLDER          every golden, to look at before a commit
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Marked } from 'marked'

const GOLDEN = '__tests__/golden'
const KEPT = ['one-criterion-short', 'forty-failures', 'level-gained']
const LOOKS = {
  light: { css: 'github-markdown-light.css', width: 820, page: '#ffffff', ink: '#d1d9e0' },
  dark: { css: 'github-markdown-dark.css', width: 820, page: '#0d1117', ink: '#3d444d' },
  phone: { css: 'github-markdown-light.css', width: 390, page: '#ffffff', ink: '#d1d9e0' },
}

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (chromium === undefined) {
  console.log('skipped: no Chromium on this system (Debian: apt-get install chromium)')
  process.exit(0)
}

const work = mkdtempSync(join(tmpdir(), 'certify-pictures-'))

function browser(...args) {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-sync']
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-quic',
    `--user-data-dir=${join(work, 'profile')}`,
  ]
  return execFileSync(chromium, [...flags, ...quiet, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

/** What GitHub makes of the text in a comment: GFM, raw HTML as far as our reports use it (details, br, sub). */
function pageOf(markdown, { css, width, page, ink }, open) {
  const html = new Marked({ gfm: true, breaks: true }).parse(markdown)
  const style = readFileSync(`node_modules/github-markdown-css/${css}`, 'utf8')
  const shown = open ? html.replaceAll('<details>', '<details open>') : html
  return `<!doctype html><meta charset="utf-8"><style>${style}
    html { background: ${page} } body { margin: 0 auto; width: ${width}px; background: ${page} } .box { width: ${width - 2 * 16}px; box-sizing: border-box; margin: 16px; padding: 16px; border: 1px solid ${ink}; border-radius: 6px; overflow: hidden }
    .markdown-body { font-size: 14px } </style><div class="box"><article class="markdown-body">${shown}</article></div>
    <script>document.title = String(document.documentElement.scrollHeight)</script>`
}

function picture(markdown, look, target, open = false) {
  const file = join(work, 'page.html')
  writeFileSync(file, pageOf(markdown, look, open))
  // A headless window is never narrower than 500 px: the phone's width is the box's, and the rest is cut off below.
  const size = (height) => `--window-size=${Math.max(500, look.width)},${height}`
  const dom = browser(size(100), '--dump-dom', `file://${file}`)
  const height = Math.min(12_000, Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 2000))
  browser(size(height), '--force-device-scale-factor=1.5', `--screenshot=${target}`, `file://${file}`)
  console.log(target)
}

const all = process.argv.indexOf('--all')
const target = all > 0 ? process.argv[all + 1] : 'docs/pictures'
mkdirSync(target, { recursive: true })
const scenarios = all > 0 ? readdirSync(GOLDEN) : KEPT
for (const scenario of scenarios) {
  const files = all > 0 ? ['comment.md', 'check-summary.md', 'summary.md'] : ['comment.md']
  for (const name of files) {
    const path = join(GOLDEN, scenario, name)
    if (!existsSync(path)) continue
    for (const [look, settings] of Object.entries(LOOKS)) {
      if (all > 0 && name !== 'comment.md' && look !== 'light') continue
      picture(
        readFileSync(path, 'utf8'),
        settings,
        join(target, `${scenario}${name === 'comment.md' ? '' : `-${name.slice(0, -3)}`}-${look}.png`),
      )
    }
  }
}
rmSync(work, { recursive: true, force: true })
