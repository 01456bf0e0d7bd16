import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { type Instrument, instrumentCalled, instruments } from './instrument.ts'
import { assessmentProblems } from './problems.ts'
import {
  type Assessor,
  type InstrumentText,
  ownScales,
  readAssessors,
  readTexts,
  stateAssessor,
  stateText,
} from './scale-queries.ts'
import { InstrumentsView, InstrumentTextForm, ScaleAssessorForm } from './scale-views.ts'

type Instruments = Static<typeof InstrumentsView>
const params = Type.Object(
  { instrumentId: Type.String({ maxLength: 40 }) },
  { additionalProperties: false },
)
const response = { 200: InstrumentsView }

/** Scales: how each is scored, its wording as the district states it, and who may use it. */
export function instrumentRoutes(app: App): void {
  app.get(
    '/instruments',
    {
      schema: {
        operationId: 'listInstruments',
        tags: ['assessments'],
        summary: 'Every scale: its scoring, its licence, its wording, and who is trained to use it',
        response,
      },
      config: { may: 'instruments.read' },
    },
    async (request) => request.transact((tx) => instrumentsOf(tx, request.caller)),
  )
  textRoute(app)
  assessorRoute(app)
}

function textRoute(app: App): void {
  app.put(
    '/instruments/:instrumentId/text',
    {
      schema: {
        operationId: 'stateInstrumentText',
        tags: ['assessments'],
        summary:
          'State the wording of a scale from its official text, with where it was taken from',
        params,
        body: InstrumentTextForm,
        response,
      },
      config: { may: 'instruments.write' },
    },
    async (request) => {
      refuseLentOut(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const instrument = called(request.params.instrumentId)
          const { seen, items, language, source } = request.body
          refuseMisfit(instrument, items)
          const text = { language, items, source: source.trim() }
          if (!(await stateText(tx, instrument.id, text, seen)))
            throw problem(assessmentProblems, 'scale-text-changed')
          await audit(tx, {
            action: 'scale.text-stated',
            subject: `instrument:${instrument.id}`,
            requestId: request.id,
          })
          return instrumentsOf(tx, request.caller)
        }),
      )
    },
  )
}

function assessorRoute(app: App): void {
  app.put(
    '/instruments/:instrumentId/assessors',
    {
      schema: {
        operationId: 'stateScaleAssessor',
        tags: ['assessments'],
        summary:
          'State who is trained to use a scale, from when to when, or that they use it no more',
        params,
        body: ScaleAssessorForm,
        response,
      },
      config: { may: 'instruments.write' },
    },
    async (request) => {
      refuseLentOut(request.caller)
      return request.transact((tx) =>
        once(tx, request, async () => {
          const instrument = called(request.params.instrumentId)
          const { staffId, stands } = request.body
          if (staffId === request.caller.staffId || (stands && stands.to < stands.from))
            throw problem(assessmentProblems, 'scale-assessor-invalid')
          await stateAssessor(tx, instrument.id, staffId, stands).catch(refused)
          await audit(tx, {
            action: 'scale.assessor-stated',
            subject: `staff:${staffId}`,
            requestId: request.id,
            detail: { instrument: instrument.id, ...stands },
          })
          return instrumentsOf(tx, request.caller)
        }),
      )
    },
  )
}

async function instrumentsOf(
  tx: Tx,
  { may, areaLevel }: Readonly<{ may: readonly string[]; areaLevel: string }>,
): Promise<Instruments> {
  const [texts, assessors, own] = [
    await readTexts(tx),
    await readAssessors(tx),
    await ownScales(tx),
  ]
  return {
    items: instruments.map((one) => viewOf(one, texts, assessors, own)),
    may: { write: may.includes('instruments.write') && areaLevel === 'district' },
  }
}

function viewOf(
  one: Instrument,
  texts: readonly InstrumentText[],
  assessors: readonly Assessor[],
  own: readonly string[],
): Instruments['items'][number] {
  const text = texts.find(
    ({ instrument, language }) => instrument === one.id && language === 'zh-CN',
  )
  return {
    id: one.id,
    name: one.name,
    en: one.en,
    scoring: one.version,
    scoringConfirmed: one.scoringConfirmed,
    items: one.items.map(({ id, points }) => ({ id, points: [...points] })),
    totalOnly: one.totalOnly ?? null,
    mayProrate: one.missing.rule === 'may-prorate' ? one.missing.atLeast : null,
    bands: [...one.bands],
    lines: one.lines.map(({ part = null, ...line }) => ({ ...line, part })),
    licence: one.licence.text,
    licenceEn: one.licence.en,
    mayShip: one.licence.mayShip,
    text: text
      ? {
          version: text.id,
          number: text.version,
          language: text.language,
          items: text.items.map(({ options, ...item }) => ({ ...item, options: [...options] })),
          source: text.source,
          hash: text.hash,
          statedAt: text.statedAt,
          statedBy: text.statedBy,
        }
      : null,
    assessors: assessors
      .filter(({ instrument }) => instrument === one.id)
      .map(({ instrument: _, ...who }) => who),
    trained: own.includes(one.id),
  }
}

/** The wording has an entry for each item, and a word for each of its options. */
function refuseMisfit(
  { items, totalOnly }: Instrument,
  texts: readonly Readonly<{ options: readonly string[] }>[],
): void {
  const fits =
    totalOnly !== undefined ||
    (texts.length === items.length &&
      items.every(({ points }, place) => texts[place]?.options.length === points.length))
  if (!fits) throw problem(assessmentProblems, 'scale-text-invalid')
}

function called(id: string): Instrument {
  const found = instrumentCalled(id)
  if (!found) throw problem(platformProblems, 'not-found')
  return found
}

/** Scales are of the district, not of staff lent to a township; the database asks the same. */
function refuseLentOut({ areaLevel }: Readonly<{ areaLevel: string }>): void {
  if (areaLevel !== 'district') throw problem(platformProblems, 'forbidden')
}

function refused(error: { constraint?: string }): never {
  if (error.constraint?.startsWith('scale_assessor'))
    throw problem(assessmentProblems, 'scale-assessor-invalid')
  throw error
}
