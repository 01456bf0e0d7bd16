import { Type } from 'typebox'
import { noteRead } from './note-read.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { recordAward } from './awards.ts'
import { factHistory, recordFact } from './facts.ts'
import { listRoutes } from './list-routes.ts'
import { settleWord } from './other-words.ts'
import { registerRoutes } from './register-routes.ts'
import { type HouseholdParts, showHousehold } from './show-household.ts'
import { thenRoutes } from './then-routes.ts'
import {
  AwardForm,
  FactForm,
  FactHistoryView,
  HouseholdView,
  NewVersionView,
  RecordedView,
  SettlementForm,
} from './views.ts'

const HouseholdId = Type.Object(
  { id: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
)

export function householdRoutes(app: App, parts: HouseholdParts): void {
  listRoutes(app, parts)
  pageRoute(app, parts)
  factRoutes(app, parts)
  settleRoute(app, parts)
  awardRoute(app, parts)
  registerRoutes(app, parts)
  thenRoutes(app, parts)
}

function pageRoute(app: App, parts: HouseholdParts): void {
  app.get(
    '/households/:id',
    {
      schema: {
        operationId: 'getHousehold',
        tags: ['households'],
        summary: 'A household with its members, what is known of them and what they receive',
        params: HouseholdId,
        response: { 200: HouseholdView },
      },
      config: { may: 'households.read' },
    },
    async (request) =>
      request.transact((tx) =>
        showHousehold(tx, parts, {
          id: request.params.id,
          mayWrite: request.caller.may.includes('households.write'),
          maySettle: request.caller.may.includes('households.settle'),
          requestId: request.id,
        }),
      ),
  )
}

function factRoutes(app: App, parts: HouseholdParts): void {
  app.get(
    '/households/:id/facts/history',
    {
      schema: {
        operationId: 'getFactHistory',
        tags: ['households'],
        summary: 'Every record of one fact, the latest first',
        params: HouseholdId,
        querystring: Type.Object(
          {
            fact: Type.String({ minLength: 1, maxLength: 100 }),
            personId: Type.Optional(Type.Integer({ minimum: 1 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: FactHistoryView },
      },
      config: { may: 'households.read' },
    },
    async (request) => {
      const { fact, personId = null } = request.query
      return request.transact(async (tx) => {
        const { facts } = await parts.pack(tx)
        const householdId = request.params.id
        const history = await factHistory(tx, facts, { householdId, fact, personId })
        if (history.items.length > 0)
          await noteRead(tx, {
            action: 'household.fact-history-read',
            householdId,
            fields: [`fact:${fact}`],
            ...(personId === null ? {} : { detail: { personId } }),
          })
        return history
      })
    },
  )
  app.put(
    '/households/:id/facts',
    {
      schema: {
        operationId: 'recordFact',
        tags: ['households'],
        summary: 'Record one fact with its source and day; money in fen',
        params: HouseholdId,
        body: FactForm,
        response: { 200: RecordedView },
      },
      config: { may: 'households.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { facts } = await parts.pack(tx)
          return recordFact(
            tx,
            { clock: parts.clock, jobs: parts.jobs, facts },
            {
              ...request.body,
              householdId: request.params.id,
              money: 'fen',
              requestId: request.id,
            },
          )
        }),
      ),
  )
}

function settleRoute(app: App, { clock, jobs }: HouseholdParts): void {
  app.post(
    '/households/:id/words/:wordId/settlement',
    {
      schema: {
        operationId: 'settleWord',
        tags: ['households'],
        summary:
          'Decide between what is in force of a fact and what another source says; for officials',
        params: Type.Object(
          { id: Type.Integer({ minimum: 1 }), wordId: Type.Integer({ minimum: 1 }) },
          { additionalProperties: false },
        ),
        body: SettlementForm,
        response: { 200: NewVersionView },
      },
      config: { may: 'households.settle' },
    },
    async (request) => {
      const { id: householdId, wordId } = request.params
      return request.transact((tx) =>
        once(tx, request, async () => {
          const settlement = { ...request.body, householdId, wordId, requestId: request.id }
          return { version: await settleWord(tx, { clock, jobs }, settlement) }
        }),
      )
    },
  )
}

function awardRoute(app: App, { clock, jobs, pack }: HouseholdParts): void {
  app.put(
    '/households/:id/awards',
    {
      schema: {
        operationId: 'recordAward',
        tags: ['households'],
        summary: 'Record that something is received, has ended or was refused; for officials',
        params: HouseholdId,
        body: AwardForm,
        response: { 200: NewVersionView },
      },
      config: { may: 'awards.write' },
    },
    async (request) =>
      request.transact((tx) =>
        once(tx, request, async () => {
          const { programmes } = await pack(tx)
          const version = await recordAward(
            tx,
            { clock, jobs, programmes },
            { ...request.body, householdId: request.params.id, requestId: request.id },
          )
          return { version }
        }),
      ),
  )
}
