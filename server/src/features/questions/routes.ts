import type { Pack } from '@qiao/rules'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Matching } from '../eligibility/matching.ts'
import { factsForMatching } from '../consents/matching-facts.ts'
import { factFields, noteRead } from '../households/note-read.ts'
import { readerOf, readHousehold, readMembers } from '../households/queries.ts'
import { questionFilters } from './export-list.ts'
import type { Finders } from './finder.ts'
import { questionsOf } from './household-questions.ts'
import { listAskedFacts, questionSorts } from './asked-facts.ts'
import { listAskedHouseholds } from './asked-households.ts'
import type { Search } from './search.ts'
import { latestSearch } from './search-run.ts'
import {
  AskedFactListView,
  AskedHouseholdListView,
  HouseholdQuestionsView,
  SearchView,
} from './views.ts'

export type QuestionParts = Readonly<{
  clock: Clock
  packInForce: (tx: Tx) => Promise<Pack>
  matching: Pick<Matching, 'asProgram'>
  finders: Finders
  search: Search
  onError: (error: unknown) => void
}>

const strict = { additionalProperties: false } as const
export function questionRoutes(app: App, parts: QuestionParts): void {
  householdRoute(app, parts)
  listRoutes(app, parts)
  searchRoute(app, parts)
}

function householdRoute(app: App, { clock, packInForce, matching, finders }: QuestionParts): void {
  app.get(
    '/households/:id/questions',
    {
      schema: {
        operationId: 'listHouseholdQuestions',
        tags: ['questions'],
        summary: 'What to ask a household next, and what each answer would settle',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }, strict),
        response: { 200: HouseholdQuestionsView },
      },
      config: { may: 'households.read' },
    },
    async (request) => {
      const { id } = request.params
      const on = clock.today()
      const { reader, memberNames } = await request.transact(async (tx) => {
        const found = await readHousehold(tx, id)
        if (!found) throw problem(platformProblems, 'not-found')
        const members = await readMembers(tx, id, on)
        const reader = await readerOf(tx, found.area.id)
        await noteRead(tx, {
          action: 'household.questions-read',
          householdId: id,
          fields: ['members', ...factFields(reader), 'questions'],
        })
        return {
          reader,
          memberNames: new Map(members.map(({ personId, name }) => [String(personId), name])),
        }
      })
      const { pack, household, optedOut } = await matching.asProgram(async (tx) => ({
        pack: await packInForce(tx),
        ...(await factsForMatching(tx, id, on)),
      }))
      const find = await finders(pack, on)
      return questionsOf({ pack, on, find, household, optedOut, memberNames, reader })
    },
  )
}

function listRoutes(app: App, { clock, packInForce }: QuestionParts): void {
  app.get(
    '/questions',
    {
      schema: {
        operationId: 'listAskedFacts',
        tags: ['questions'],
        summary:
          'Which fact, collected for how many, would settle most; with counts for every filter',
        querystring: Type.Object(
          {
            ...questionFilters,
            sort: Type.Optional(
              Type.Union(
                questionSorts.map((sort) => Type.Literal(sort)),
                { default: 'found' },
              ),
            ),
          },
          strict,
        ),
        response: { 200: AskedFactListView },
      },
      config: { may: 'questions.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { sort = 'found', ...asked } = request.query
        const pack = await packInForce(tx)
        const { areaLevel } = request.caller
        return {
          ...(await listAskedFacts(tx, asked, { sort, areaLevel, words: pack })),
          search: await searchState(tx, pack, clock.today()),
        }
      }),
  )
  app.get(
    '/questions/households',
    {
      schema: {
        operationId: 'listAskedHouseholds',
        tags: ['questions'],
        summary: 'For whom one fact is worth asking, those first whom it promises most',
        querystring: Type.Object(
          {
            ...questionFilters,
            fact: Type.String({ pattern: '^[a-z0-9_]{1,60}$' }),
            department: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
            page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
            size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
          },
          strict,
        ),
        response: { 200: AskedHouseholdListView },
      },
      config: { may: 'questions.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const asked = { page: 1, size: 20, ...request.query }
        const list = await listAskedHouseholds(tx, asked, await packInForce(tx))
        await audit(tx, {
          action: 'question.households',
          ...(asked.area === undefined ? {} : { areaId: asked.area }),
          fields: ['head', 'address', 'questions'],
          requestId: request.id,
          detail: { ...asked, shown: list.items.map(({ householdId }) => householdId) },
        })
        return list
      }),
  )
}

function searchRoute(app: App, { search, onError }: QuestionParts): void {
  app.post(
    '/questions/search',
    {
      schema: {
        operationId: 'searchQuestions',
        tags: ['questions'],
        summary: 'Work out anew what is worth asking over the whole district',
        body: Type.Object(
          { among: Type.Union([Type.Literal('cases'), Type.Literal('all')]) },
          strict,
        ),
        response: { 202: Type.Object({ started: Type.Boolean() }) },
      },
      config: { may: 'runs.write' },
    },
    async (request, reply) => {
      const { done } = await search.start('by hand', request.body.among)
      done.catch(onError)
      const { among } = request.body
      await request.transact((tx) =>
        audit(tx, { action: 'question.search-started', detail: { among } }),
      )
      return reply.code(202).send({ started: true })
    },
  )
}

async function searchState(tx: Tx, pack: Pack, today: string): Promise<Static<typeof SearchView>> {
  const { packHash, ...search } = await latestSearch(tx)
  const isOld = search.state === 'done' && (search.onDay !== today || packHash !== pack.hash)
  return { ...search, isOld }
}
