import type { App } from '../src/platform/http/app.ts'
import { sessionCookie } from '../src/platform/http/caller.ts'
import { ask } from './running-qiao.ts'

/** A list taken along for a stated purpose: asked for, then fetched. Where it is refused, the answer that refused it. */
export async function takeSheet(
  http: App,
  token: string,
  { list, filters = '' }: Readonly<{ list: string; filters?: string }>,
) {
  const asked = await ask(http, 'POST /api/exports', {
    token,
    body: { list, filters, purpose: 'statistics' },
  })
  if (asked.status !== 200) return { statusCode: asked.status, headers: {}, body: '', id: 0 }
  const id: number = asked.body.id
  const { statusCode, headers, body } = await http.inject({
    url: `/api/exports/${id}/file`,
    cookies: { [sessionCookie]: token },
  })
  return { statusCode, headers, body, id }
}
