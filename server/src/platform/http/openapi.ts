import swagger from '@fastify/swagger'
import type { App } from './app.ts'
import { nameComponents } from './name-components.ts'

/** Describes every route added after it; the document itself is at /api/openapi.json. */
export async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '桥 Qiao',
        version,
        description:
          'Money is integer fen, days are YYYY-MM-DD, verdicts are advice: 仅供参考,以街镇审核确认为准. Failures are application/problem+json with a stable `code`. Writes carry x-qiao-csrf from GET /api/session.',
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'qiao_session',
            description: 'Behind TLS it is called __Host-qiao_session.',
          },
        },
        schemas: {
          Problem: {
            type: 'object',
            required: ['type', 'code', 'title', 'status', 'detail', 'requestId'],
            properties: {
              type: { type: 'string' },
              code: { type: 'string' },
              title: { type: 'string' },
              status: { type: 'integer' },
              detail: { type: 'string' },
              requestId: { type: 'string' },
              errors: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['path', 'message'],
                  properties: { path: { type: 'string' }, message: { type: 'string' } },
                },
              },
            },
          },
        },
      },
      security: [{ session: [] }],
    },
    // Which right of the access matrix an operation asks for (docs/reference/access.md).
    transform: ({ schema, url, route }) => {
      const { may } = (route.config ?? {}) as { may?: string }
      return { url, schema: may ? { ...schema, 'x-may': may } : schema }
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true }, config: { public: true } }, async () =>
    nameComponents(app.swagger() as unknown as Readonly<Record<string, unknown>>),
  )
}
