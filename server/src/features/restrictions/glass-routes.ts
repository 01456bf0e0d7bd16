import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { problem } from '../../platform/http/problem.ts'
import { restrictionProblems } from './problems.ts'
import { breakGlass, type GlassRow, listGlass, reviewGlass } from './queries.ts'
import { glassState } from './restriction.ts'
import { GlassForm, GlassListView, OpenedView, ReviewForm } from './views.ts'

export type RestrictionParts = Readonly<{
  cipher: FieldCipher
  /** Days in which the owner reviews an emergency look. */
  reviewDays: number
}>

const strict = { additionalProperties: false } as const

export function glassRoutes(app: App, parts: RestrictionParts): void {
  breakRoute(app, parts)
  listRoute(app)
  reviewRoute(app)
}

function breakRoute(app: App, { cipher, reviewDays }: RestrictionParts): void {
  app.post(
    '/glass-breaks',
    {
      schema: {
        operationId: 'breakGlass',
        tags: ['restrictions'],
        summary: 'See one restricted household of the own area for thirty minutes, for a reason',
        body: GlassForm,
        response: { 200: OpenedView },
      },
      config: { may: 'glass-breaks.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { idNumber, registerNo = null, because } = request.body
          const index = idNumber ? cipher.index('id-number', idNumber.trim().toUpperCase()) : null
          const opened = await breakGlass(tx, { index, registerNo, because, reviewDays })
          if (!opened) throw problem(restrictionProblems, 'nothing-restricted')
          const { id, householdId, areaId, owner, expiresAt } = opened
          await audit(tx, {
            action: 'glass.broken',
            subject: `household:${householdId}`,
            householdId,
            areaId,
            reason: because,
            detail: { glassBreak: id, owner, expiresAt },
          })
          return { id, householdId, expiresAt }
        }),
      ),
  )
}

function listRoute(app: App): void {
  app.get(
    '/glass-breaks',
    {
      schema: {
        operationId: 'listGlassBreaks',
        tags: ['restrictions'],
        summary:
          'Emergency looks: one’s own, one’s own to review, and what nobody reviewed in time',
        response: { 200: GlassListView },
      },
      config: { may: 'glass-breaks.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const rows = await listGlass(tx)
        await audit(tx, {
          action: 'glass.listed',
          detail: { glassBreaks: rows.map(({ id }) => id) },
        })
        const items = rows.map(viewOf)
        return { items, toReview: items.filter(({ mine }) => mine).length }
      }),
  )
}

/** By the machine's own clock, as the database goes by its own: thirty minutes do not stand still. */
function viewOf({ byMe, ownedByMe, reviewedAt, ...row }: GlassRow) {
  const now = new Date()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now)
  const state = glassState({ ...row, reviewedAt }, { now: now.toISOString(), today })
  const mine = state !== 'reviewed' && !byMe && (ownedByMe || state === 'overdue')
  return { ...row, state, mine }
}

function reviewRoute(app: App): void {
  app.post(
    '/glass-breaks/:id/review',
    {
      schema: {
        operationId: 'reviewGlassBreak',
        tags: ['restrictions'],
        summary: 'Say of an emergency look whether it was justified',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict),
        body: ReviewForm,
        response: { 200: Type.Object({ done: Type.Literal(true) }) },
      },
      config: { may: 'glass-breaks.read' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = request.params
          if (!(await reviewGlass(tx, { id, ...request.body })))
            throw problem(restrictionProblems, 'review-not-yours')
          const { justified } = request.body
          await audit(tx, { action: 'glass.reviewed', detail: { glassBreak: id, justified } })
          return { done: true as const }
        }),
      ),
  )
}
