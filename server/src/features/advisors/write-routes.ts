import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { isCertificatePeriod } from './advisor.ts'
import { type AdvisorParts, advisorPage, personCalled } from './page.ts'
import { advisorProblems } from './problems.ts'
import { endCertificate, issueCertificate, stateAdvisor } from './queries.ts'
import { AdvisorForm, AdvisorView, CertificateForm, EndingForm, params } from './views.ts'

const response = { 200: AdvisorView }

/** What officials of the area state of others, never of themselves. */
export function advisorWriteRoutes(app: App, parts: AdvisorParts): void {
  stateRoute(app, parts)
  issueRoute(app, parts)
  endRoute(app, parts)
}

function stateRoute(app: App, { clock }: AdvisorParts): void {
  app.put(
    '/advisors/:staffId',
    {
      schema: {
        operationId: 'stateAdvisor',
        tags: ['advisors'],
        summary:
          'State who is an advisor: kind, level, areas, station, from when; what stood before is kept',
        params,
        body: AdvisorForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => {
      const { staffId } = request.params
      const { seen, ...content } = request.body
      if (content.to !== null && content.to < content.from)
        throw problem(advisorProblems, 'advisor-days')
      refuseOwn(request.caller, staffId)
      // The database asks the same.
      if (!content.areas.every((one) => one.startsWith(request.caller.areaId)))
        throw problem(platformProblems, 'forbidden')
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { areaId } = await personCalled(tx, staffId, clock)
          const stated = await stateAdvisor(tx, staffId, content, seen).catch(refused)
          if (stated === null) throw problem(advisorProblems, 'advisor-changed')
          await audit(tx, {
            action: 'advisor.stated',
            subject: `staff:${staffId}`,
            areaId,
            requestId: request.id,
          })
          return advisorPage(tx, request, staffId, clock)
        }),
      )
    },
  )
}

function issueRoute(app: App, { clock }: AdvisorParts): void {
  app.post(
    '/advisors/:staffId/certificates',
    {
      schema: {
        operationId: 'issueCertificate',
        tags: ['advisors'],
        summary: 'Certify that an advisor was trained, from a day to a day',
        params,
        body: CertificateForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => {
      const { staffId } = request.params
      if (!isCertificatePeriod(request.body)) throw problem(advisorProblems, 'certificate-days')
      refuseOwn(request.caller, staffId)
      const badge = randomBytes(32).toString('base64url')
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { areaId } = await personCalled(tx, staffId, clock)
          const id = await issueCertificate(tx, staffId, request.body, badge).catch(refused)
          await audit(tx, {
            action: 'advisor.certified',
            subject: `staff:${staffId}`,
            areaId,
            requestId: request.id,
            detail: { certificate: id, number: request.body.number },
          })
          return advisorPage(tx, request, staffId, clock)
        }),
      )
    },
  )
}

function endRoute(app: App, { clock }: AdvisorParts): void {
  app.post(
    '/advisors/:staffId/certificates/:certificateId/ending',
    {
      schema: {
        operationId: 'endCertificate',
        tags: ['advisors'],
        summary: 'End a certificate from today on; its badge is no longer valid',
        params: Type.Object({
          staffId: Type.String({ format: 'uuid' }),
          certificateId: Type.Integer({ minimum: 1 }),
        }),
        body: EndingForm,
        response,
      },
      config: { may: 'advisors.write' },
    },
    async (request) => {
      const { staffId, certificateId } = request.params
      const { because } = request.body
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { areaId } = await personCalled(tx, staffId, clock)
          const whose = await endCertificate(tx, certificateId, { on: clock.today(), because })
          if (whose !== staffId) throw problem(platformProblems, 'not-found')
          await audit(tx, {
            action: 'advisor.certificate-ended',
            subject: `staff:${staffId}`,
            areaId,
            requestId: request.id,
            detail: { certificate: certificateId },
          })
          return advisorPage(tx, request, staffId, clock)
        }),
      )
    },
  )
}

function refuseOwn(caller: Readonly<{ staffId: string }>, staffId: string): void {
  if (caller.staffId === staffId) throw problem(advisorProblems, 'advisor-own')
}

function refused(error: { code?: string; constraint?: string }): never {
  const { code, constraint } = error
  if (constraint === 'certificate_of_an_advisor') throw problem(advisorProblems, 'not-an-advisor')
  if (constraint === 'certificate_number_key')
    throw problem(advisorProblems, 'certificate-number-taken')
  if (code === '23503') throw problem(advisorProblems, 'no-such-station')
  throw error
}
