import { Type } from 'typebox'
import type { App } from '../../platform/http/app.ts'
import { problem } from '../../platform/http/problem.ts'
import { roleName } from '../staff/staff.ts'
import { levelNames } from './advisor.ts'
import { pdfAnswer, sendPdf } from './document.ts'
import { type AdvisorParts, advisorPage, personCalled, validCertificate } from './page.ts'
import { badgeCard } from './prints.ts'
import { advisorProblems } from './problems.ts'
import { badgeToken, listAdvisors, readCertificates, readRecords } from './queries.ts'
import { AreaId } from './station-views.ts'
import { AdvisorsView, AdvisorView, Kind, params, StandingView } from './views.ts'

/** Who is an advisor: the list and each one's page for officials of the area; for an advisor their own. */
export function advisorRoutes(app: App, parts: AdvisorParts): void {
  listRoute(app, parts)
  pageRoute(app, parts)
  badgeRoute(app, parts)
}

function listRoute(app: App, { clock }: AdvisorParts): void {
  app.get(
    '/advisors',
    {
      schema: {
        operationId: 'listAdvisors',
        tags: ['advisors'],
        summary: 'Colleagues in case work, whether on record as advisors and certified or not',
        querystring: Type.Object(
          {
            area: Type.Optional(AreaId),
            kind: Type.Optional(Kind),
            standing: Type.Optional(StandingView),
            page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: AdvisorsView },
      },
      config: { may: 'advisors.read' },
    },
    async (request) => {
      const filters = { page: 1, size: 50, ...request.query }
      const { total, items } = await request.transact((tx) =>
        listAdvisors(tx, filters, clock.today()),
      )
      return {
        total,
        items: items.map(({ role, record, ...one }) => ({
          ...one,
          roleName: roleName(role),
          record: record && { ...record, areas: [...record.areas], grades: [...record.grades] },
        })),
        may: { write: request.caller.may.includes('advisors.write') },
      }
    },
  )
}

function pageRoute(app: App, { clock }: AdvisorParts): void {
  app.get(
    '/advisors/:staffId',
    {
      schema: {
        operationId: 'getAdvisor',
        tags: ['advisors'],
        summary: 'What is and was on record of an advisor, and their certificates',
        params,
        response: { 200: AdvisorView },
      },
      config: { may: 'advisors.read' },
    },
    async (request) =>
      request.transact((tx) => advisorPage(tx, request, request.params.staffId, clock)),
  )
}

function badgeRoute(app: App, { clock }: AdvisorParts): void {
  app.get(
    '/advisors/:staffId/badge.pdf',
    {
      schema: {
        operationId: 'getBadge',
        tags: ['advisors'],
        summary: 'The badge of an advisor with a valid certificate, to print',
        params,
        ...pdfAnswer,
      },
      config: { may: 'advisors.read' },
    },
    async (request, reply) => {
      const { staffId } = request.params
      const { badge, token } = await request.transact(async (tx) => {
        const { name } = await personCalled(tx, staffId, clock)
        const [record] = await readRecords(tx, staffId)
        const certificate = validCertificate(await readCertificates(tx, staffId), clock.today())
        if (!record || !certificate) throw problem(advisorProblems, 'no-badge')
        const { number, from, to, demonstration } = certificate
        const [level, station] = [levelNames[record.level], record.stationName]
        return {
          badge: { name, number, level, station, from, to, demonstration },
          token: await badgeToken(tx, certificate.id),
        }
      })
      const address = `${request.protocol}://${request.host}/badge/${token ?? ''}`
      return sendPdf(reply, await badgeCard(badge, address))
    },
  )
}
