// Coverage reports of about as many bytes as asked for, in the shape their usual tools give them.
import { seeded } from './random.mjs'

/** As Istanbul and lcov write it: a record per file, a DA line per line, branches on every ninth. */
export function* lcov(size) {
  const random = seeded(1)
  const lines = { covered: 0, total: 0 }
  for (let made = 0, at = 0; made < size; at += 1) {
    const count = 120 + random(400)
    let [text, hit, taken] = [`TN:\nSF:src/part${at % 97}/module${at}.js\nFN:1,work${at}\nFNDA:1,work${at}\nFNF:1\nFNH:1\n`, 0, 0]
    for (let line = 1; line <= count; line += 1) {
      const hits = random(5)
      if (hits > 0) hit += 1
      text += `DA:${line},${hits}\n`
      if (line % 9 > 0) continue
      if (hits > 0) taken += 1
      text += `BRDA:${line},0,0,${hits > 0 ? hits : '-'}\nBRDA:${line},0,1,${hits > 0 ? 0 : '-'}\n`
    }
    text += `BRF:${2 * Math.floor(count / 9)}\nBRH:${taken}\nLF:${count}\nLH:${hit}\nend_of_record\n`
    lines.covered += hit
    lines.total += count
    made += text.length
    yield text
  }
  return { lines }
}

/** As coverage.py and coverlet write it; the totals stand in its head, so it is made twice and counted first. */
export function* cobertura(size) {
  const { lines } = ending(coberturaClasses(size))
  yield `<?xml version="1.0" ?>\n<coverage version="7.4" timestamp="1700000000000" lines-valid="${lines.total}" lines-covered="${lines.covered}" line-rate="${(lines.covered / lines.total).toFixed(4)}" branch-rate="0" complexity="0">\n<packages><package name="shop" line-rate="0" branch-rate="0" complexity="0"><classes>\n`
  yield* coberturaClasses(size)
  yield '</classes></package></packages></coverage>\n'
  return { lines }
}

function* coberturaClasses(size) {
  const random = seeded(2)
  const lines = { covered: 0, total: 0 }
  for (let made = 0, at = 0; made < size; at += 1) {
    const count = 100 + random(300)
    let text = `<class name="Module${at}" filename="src/part${at % 89}/module${at}.py" complexity="0" line-rate="0" branch-rate="0"><methods/><lines>\n`
    for (let line = 1; line <= count; line += 1) {
      const hits = random(4)
      if (hits > 0) lines.covered += 1
      const branch = line % 11 === 0 ? ` branch="true" condition-coverage="50% (1/2)"` : ''
      text += `<line number="${line}" hits="${hits}"${branch}/>\n`
    }
    lines.total += count
    text += '</lines></class>\n'
    made += text.length
    yield text
  }
  return { lines }
}

/** As JaCoCo writes it: all on few lines, counters at the end of what they count. */
export function* jacoco(size) {
  const random = seeded(3)
  const lines = { covered: 0, total: 0 }
  const counter = ({ covered, total }) => `<counter type="LINE" missed="${total - covered}" covered="${covered}"/>`
  yield '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="shop"><package name="com/acme/shop">'
  for (let made = 0, at = 0; made < size; at += 1) {
    const own = { covered: 0, total: 100 + random(200) }
    let text = `<sourcefile name="Module${at}.java">`
    for (let line = 1; line <= own.total; line += 1) {
      const covered = random(4)
      if (covered > 0) own.covered += 1
      const branches = line % 7 === 0 ? 1 : 0
      text += `<line nr="${line}" mi="${covered > 0 ? 0 : 3}" ci="${covered}" mb="${branches}" cb="${branches}"/>`
    }
    lines.covered += own.covered
    lines.total += own.total
    text += `${counter(own)}</sourcefile>\n`
    made += text.length
    yield text
  }
  yield `${counter(lines)}</package>${counter(lines)}</report>\n`
  return { lines }
}

/** coverage-final.json as nyc writes it: a place and a count for each statement, function and branch. */
export function* istanbul(size) {
  const random = seeded(4)
  const lines = { covered: 0, total: 0 }
  const place = (line) => ({ start: { line, column: 2 }, end: { line, column: 40 } })
  for (let made = 0, at = 0; made < size; at += 1) {
    const path = `/home/runner/work/shop/src/part${at % 83}/module${at}.js`
    const count = 60 + random(200)
    const [statementMap, s, branchMap, b] = [{}, {}, {}, {}]
    for (let id = 0; id < count; id += 1) {
      statementMap[id] = place(id + 1)
      s[id] = random(5)
      if (s[id] > 0) lines.covered += 1
      if (id % 10 > 0) continue
      branchMap[id / 10] = { loc: place(id + 1), type: 'if', locations: [place(id + 1), place(id + 1)], line: id + 1 }
      b[id / 10] = [s[id], 0]
    }
    lines.total += count
    const fnMap = { 0: { name: `work${at}`, decl: place(1), loc: place(1), line: 1 } }
    const text = `${at === 0 ? '{' : ',\n'}"${path}": ${JSON.stringify({ path, statementMap, fnMap, branchMap, s, f: { 0: 1 }, b })}`
    made += text.length
    yield text
  }
  yield '\n}\n'
  return { lines }
}

/** What a generator returns, without keeping what it yields. */
function ending(make) {
  for (;;) {
    const { done, value } = make.next()
    if (done) return value
  }
}
