import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { AdvisorLevel } from './advisor.ts'
import type { AdvisorParts } from './page.ts'
import { advisorProblems } from './problems.ts'
import { BadgeView, StationSignView } from './views.ts'

// Somebody at a door scans once; whoever asks often is guessing.
const config = { public: true, rateLimit: { max: 30, timeWindow: '1 minute' } } as const

/** What the codes on badges and signs lead to: open to everybody, found by no search engine, and as good as nothing. */
export function advisorPublicRoutes(app: App, { clock, signin }: AdvisorParts): void {
  app.get(
    '/badges/:token',
    {
      schema: {
        operationId: 'checkBadge',
        tags: ['advisors'],
        summary: 'Whether a badge is valid: name, station, level, and nothing else',
        params: Type.Object({ token: Type.String({ minLength: 32, maxLength: 64 }) }),
        response: { 200: BadgeView },
      },
      config,
    },
    async (request, reply) => {
      const { rows } = await signin.pool.query<{
        name: string
        station: string | null
        level: AdvisorLevel
        valid: boolean
      }>('select name, station, level, valid from auth.badge($1, $2)', [
        request.params.token,
        clock.today(),
      ])
      if (!rows[0]) throw problem(advisorProblems, 'badge-unknown')
      void reply.header('x-robots-tag', 'noindex, nofollow').header('cache-control', 'no-store')
      return rows[0]
    },
  )
  app.get(
    '/station-signs/:stationId',
    {
      schema: {
        operationId: 'getStationPosted',
        tags: ['advisors'],
        summary: 'What is posted at the door of a station',
        params: Type.Object({ stationId: Type.Integer({ minimum: 1 }) }),
        response: { 200: StationSignView },
      },
      config,
    },
    async (request, reply) => {
      const { rows } = await signin.pool.query<{
        name: string
        address: string
        hours: string
        phone: string | null
        open: boolean
      }>('select name, address, hours, phone, open from auth.station_sign($1, $2)', [
        request.params.stationId,
        clock.today(),
      ])
      if (!rows[0]) throw problem(platformProblems, 'not-found')
      void reply.header('x-robots-tag', 'noindex, nofollow')
      return rows[0]
    },
  )
}
