// Check runs: created, updated with annotations that only ever append, listed by commit and name.
import type { Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import type { CheckRun, StoredAnnotation } from '../state.ts'

interface Output {
  title?: string
  summary?: string
  text?: string
  annotations?: StoredAnnotation[]
}

function shown(run: CheckRun, asked: Asked) {
  const { title, summary, text, annotations, ...rest } = run
  const url = `${asked.origin}/repos/${asked.state.fullName}/check-runs/${run.id}`
  return {
    ...rest,
    url,
    html_url: `https://github.com/${asked.state.fullName}/runs/${run.id}`,
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${url}/annotations` },
    pull_requests: [],
  }
}

function apply(run: CheckRun, body: Asked['body']): void {
  const output = (body.output ?? {}) as Output
  if (typeof body.name === 'string') run.name = body.name
  if (typeof body.external_id === 'string') run.external_id = body.external_id
  if (typeof body.status === 'string') run.status = body.status
  if (typeof body.conclusion === 'string') {
    run.conclusion = body.conclusion
    run.status = 'completed'
  }
  run.title = output.title ?? run.title
  run.summary = output.summary ?? run.summary
  run.text = output.text ?? run.text
  run.annotations.push(...(output.annotations ?? []))
}

export const checks: Record<string, Handler> = {
  'POST /repos/{owner}/{repo}/check-runs': (asked) => {
    const { state, body } = asked
    const run: CheckRun = {
      id: state.nextId(),
      name: '',
      head_sha: String(body.head_sha),
      external_id: '',
      status: 'queued',
      conclusion: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
      app: state.viewer.app,
    }
    apply(run, body)
    state.checkRuns.push(run)
    return { status: 201, body: shown(run, asked) }
  },
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': (asked) => {
    const run = asked.state.checkRuns.find((r) => r.id === Number(asked.params.check_run_id))
    if (!run) return notFound()
    apply(run, asked.body)
    return { status: 200, body: shown(run, asked) }
  },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': (asked) => {
    const run = asked.state.checkRuns.find((r) => r.id === Number(asked.params.check_run_id))
    return run ? { status: 200, body: shown(run, asked) } : notFound()
  },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': (asked) => {
    const run = asked.state.checkRuns.find((r) => r.id === Number(asked.params.check_run_id))
    if (!run) return notFound()
    const paged = page(run.annotations, asked, `/repos/${asked.state.fullName}/check-runs/${run.id}/annotations`)
    return { status: 200, body: paged.items, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': (asked) => {
    const { state, query, params } = asked
    const name = query.get('check_name')
    let runs = state.checkRuns
      .filter((r) => r.head_sha === params.ref && (name === null || r.name === name))
      .sort((a, b) => b.id - a.id)
    if (query.get('filter') !== 'all') {
      const seen = new Set<string>()
      runs = runs.filter((r) => {
        const key = `${r.app.id} ${r.name}`
        if (seen.has(key)) return false
        seen.add(key)
        return true
      })
    }
    const paged = page(runs, asked, `/repos/${state.fullName}/commits/${params.ref}/check-runs`)
    return {
      status: 200,
      body: { total_count: runs.length, check_runs: paged.items.map((r) => shown(r, asked)) },
      headers: paged.headers,
    }
  },
}
