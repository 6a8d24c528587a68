// Attestations of a repository: kept as they come, listed by a subject's digest, paged by a cursor.
import type { Handler } from '../answer.ts'
import { notFound } from '../answer.ts'
import type { JsonObject } from '../description.ts'

interface SignedStatement {
  subject: { digest: Record<string, string> }[]
  predicateType: string
}

function statementOf(bundle: JsonObject): SignedStatement {
  const envelope = bundle.dsseEnvelope as { payload: string }
  return JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as SignedStatement
}

export const attestations: Record<string, Handler> = {
  'POST /repos/{owner}/{repo}/attestations': ({ state, body }) => {
    state.attestations.push(body.bundle as JsonObject)
    return { status: 201, body: { id: state.attestations.length } }
  },
  'GET /repos/{owner}/{repo}/attestations/{subject_digest}': ({ state, params, query, origin }) => {
    const wanted = (params.subject_digest ?? '').replace(/^sha256:/, '')
    const type = query.get('predicate_type')
    const all = state.attestations.filter((bundle) => {
      const { subject, predicateType } = statementOf(bundle)
      return subject.some(({ digest }) => digest.sha256 === wanted) && (type === null || type === predicateType)
    })
    if (all.length === 0) return notFound()
    const from = Number(query.get('after') ?? 0)
    const size = Number(query.get('per_page') ?? 30)
    const next = new URL(`${origin}/repositories/1/attestations/${params.subject_digest}?after=${from + size}`)
    return {
      status: 200,
      body: { attestations: all.slice(from, from + size).map((bundle) => ({ bundle, repository_id: state.repositoryId })) },
      headers: from + size < all.length ? { link: `<${next.href}>; rel="next"` } : {},
    }
  },
}
