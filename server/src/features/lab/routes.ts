import { parameterScale } from '@qiao/rules'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { App } from '../../platform/http/app.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { feelNames, FeelNameView } from '../policies/feel-names.ts'
import { isClear } from '../staff/field-classes.ts'
import { mostRules, rulesOf } from './alternative.ts'
import { sliderOf } from './change.ts'
import { experimentRoutes } from './experiment-routes.ts'
import { type Lab, type Sample, valueOn } from './lab.ts'
import { labProblems } from './problems.ts'
import { reachOf } from './reach.ts'
import type { Scope } from './report.ts'
import { pickHouseholds, tellHouseholds } from './samples.ts'
import { checkRules, curveOf, impactOf, tryChange } from './trial.ts'
import {
  ChangeForm,
  CurveView,
  EffectView,
  LabView,
  RuleForm,
  RuleView,
  SampleCellForm,
  SampleHouseholdsView,
  type SampleView,
} from './views.ts'

export type LabRouteParts = Readonly<{ lab: Lab; massLoss: number }>

export function labRoutes(app: App, parts: LabRouteParts): void {
  sampleRoutes(app, parts)
  trialRoutes(app, parts)
  sampleRoute(app, parts)
  impactRoute(app, parts)
  experimentRoutes(app)
}

function sampleRoutes(app: App, { lab }: LabRouteParts): void {
  app.get(
    '/lab',
    {
      schema: {
        operationId: 'getLab',
        tags: ['lab'],
        summary: 'The district as the laboratory holds it, and what can be tried on it',
        response: { 200: LabView },
      },
      config: { may: 'lab.read' },
    },
    async (request): Promise<Static<typeof LabView>> => {
      const sample = await lab.sample()
      if (sample === 'reading') return { state: 'reading', sample: null, programmes: [] }
      return {
        state: 'ready',
        sample: await sampleView(lab, sample, request),
        programmes: programmesOf(sample),
      }
    },
  )
  app.post(
    '/lab/sample',
    {
      schema: {
        operationId: 'refreshLab',
        tags: ['lab'],
        summary: 'Read the district anew; the sample before serves until then',
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: Type.Object({ readAt: Type.String() }) },
      },
      config: { may: 'lab.write' },
    },
    async () => {
      await lab.refresh()
      const sample = await readySample(lab)
      return { readAt: sample.readAt }
    },
  )
}

function trialRoutes(app: App, { lab, massLoss }: LabRouteParts): void {
  app.post(
    '/lab/trials',
    {
      schema: {
        operationId: 'tryChange',
        tags: ['lab'],
        summary: 'What other values of parameters would do to everybody in the own area',
        body: ChangeForm,
        response: { 200: EffectView },
      },
      config: { may: 'lab.read' },
    },
    async (request): Promise<Static<typeof EffectView>> => {
      const sample = await readySample(lab)
      const looking = { scope: scopeOf(sample, request), massLoss }
      const trial = await tryChange(lab, sample, request.body, looking)
      return { ...trial, sample: await sampleView(lab, sample, request) }
    },
  )
  app.get(
    '/lab/rules/:programme',
    {
      schema: {
        operationId: 'listLabRules',
        tags: ['lab'],
        summary: 'The rules of a programme in force, which others can be tried beside',
        params: Type.Object({ programme: Type.String({ maxLength: 100 }) }),
        response: {
          200: Type.Object({ items: Type.Array(RuleView), names: Type.Array(FeelNameView) }),
        },
      },
      config: { may: 'lab.read' },
    },
    async (request) => {
      const { files, pack } = await readySample(lab)
      const { programme } = request.params
      const names = feelNames(pack).filter((one) => (one.programme ?? programme) === programme)
      return { items: rulesOf(files, programme), names }
    },
  )
  app.post(
    '/lab/rules/check',
    {
      schema: {
        operationId: 'checkLabRules',
        tags: ['lab'],
        summary: 'What is wrong with rules as they are being written; tries and keeps nothing',
        body: Type.Object(
          { rules: Type.Array(RuleForm, { maxItems: mostRules }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            problems: Type.Array(
              Type.Object({
                path: Type.String(),
                message: Type.String(),
                from: Type.Optional(
                  Type.Integer({ description: 'At which character of the rule, from 0' }),
                ),
              }),
            ),
          }),
        },
      },
      config: { may: 'lab.read' },
    },
    async (request) => {
      const sample = await readySample(lab)
      return { problems: [...(await checkRules(lab, sample, request.body.rules))] }
    },
  )
  app.post(
    '/lab/curves',
    {
      schema: {
        operationId: 'drawCurve',
        tags: ['lab'],
        summary: 'What a parameter costs over its range',
        body: Type.Object(
          {
            parameter: Type.String({ maxLength: 100 }),
            parameters: ChangeForm.properties.parameters,
            range: Type.Optional(
              Type.Object(
                { from: Type.Number(), to: Type.Number() },
                { additionalProperties: false },
              ),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: CurveView },
      },
      config: { may: 'lab.read' },
    },
    async (request) => {
      const sample = await readySample(lab)
      const { parameter, parameters, range } = request.body
      const wish = { id: parameter, change: { parameters }, ...(range ? { range } : {}) }
      return curveOf(lab, sample, wish, scopeOf(sample, request))
    },
  )
}

function sampleRoute(app: App, { lab }: LabRouteParts): void {
  app.post(
    '/lab/samples',
    {
      schema: {
        operationId: 'listSampleHouseholds',
        tags: ['lab'],
        summary: 'Some households behind a figure of a change, told so that nobody is named',
        body: Type.Object(
          { ...ChangeForm.properties, cell: SampleCellForm },
          { additionalProperties: false },
        ),
        response: { 200: SampleHouseholdsView },
      },
      config: { may: 'lab.read' },
    },
    async (request) => {
      const sample = await readySample(lab)
      const { cell, ...change } = request.body
      const scope = scopeOf(sample, request)
      const { role } = request.caller
      const hasReason = request.reason !== undefined
      const mayReadClinical = isClear('clinical', { role, hasDuty: false, hasReason })
      const picked = await pickHouseholds(lab, sample, change, cell, scope)
      return request.transact(async (tx) => {
        const found = await tellHouseholds(tx, picked, mayReadClinical)
        await audit(tx, {
          action: 'lab.samples-read',
          subject: `cell:${cell.table}/${cell.row}/${cell.outcome}`,
          // Of whoever looks in an own area, and named to those with a duty.
          fields: ['members', 'verdicts', 'amounts'],
          detail: {
            ...change,
            rows: found.households.length,
            shown: found.households.flatMap(({ householdId }) => householdId ?? []),
          },
        })
        return found
      })
    },
  )
}

function impactRoute(app: App, { lab, massLoss }: LabRouteParts): void {
  app.post(
    '/lab/impacts',
    {
      schema: {
        operationId: 'showImpact',
        tags: ['lab'],
        summary: 'What a draft of the policies would do to the whole district if it were published',
        body: Type.Object(
          {
            files: Type.Record(
              Type.String({ maxLength: 200 }),
              Type.String({ maxLength: 400_000 }),
              {
                description: 'Files of the draft that differ from those in force, by path',
              },
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: EffectView },
      },
      config: { may: 'lab.write' },
    },
    async (request): Promise<Static<typeof EffectView>> => {
      if (request.caller.areaLevel !== 'district') throw problem(platformProblems, 'forbidden')
      const sample = await readySample(lab)
      const looking = { scope: everywhere(sample), massLoss }
      const trial = await impactOf(lab, sample, request.body.files, looking)
      return { ...trial, sample: await sampleView(lab, sample, request) }
    },
  )
}

async function readySample(lab: Lab): Promise<Sample> {
  const sample = await lab.sample()
  if (sample === 'reading') throw problem(labProblems, 'lab-reading')
  return sample
}

/** Whose households count for the caller: the district's, or those of the own township. */
function scopeOf(sample: Sample, { caller }: FastifyRequest): Scope {
  if (caller.areaLevel === 'district') return everywhere(sample)
  const place = sample.townships.findIndex(({ id }) => id === caller.areaId)
  return place < 0 ? [] : [place]
}

function everywhere({ townships }: Sample): Scope {
  return Array.from({ length: townships.length + 1 }, (_, place) => place)
}

async function sampleView(
  lab: Lab,
  sample: Sample,
  request: FastifyRequest,
): Promise<Static<typeof SampleView>> {
  const scope = scopeOf(sample, request)
  const { pack, on, readAt } = sample
  return {
    on,
    readAt,
    area: request.caller.areaName,
    pack: { version: pack.version, hash: pack.hash },
    stale: await lab.isStale(sample),
    households: scope.reduce((sum, place) => sum + (sample.sizes[place]?.households ?? 0), 0),
    persons: scope.reduce((sum, place) => sum + (sample.sizes[place]?.persons ?? 0), 0),
  }
}

/** Programmes with parameters that some answer hangs on. */
function programmesOf({ pack, on }: Sample): Static<typeof LabView>['programmes'] {
  return pack.programmes.flatMap(({ id, name, parameters }) => {
    const items = parameters.flatMap((parameter) => {
      const reaches = reachOf(pack, [parameter.id]).size
      if (reaches === 0) return []
      const value = valueOn(pack, parameter.id, on)
      const today = value === null ? null : Number(value)
      return [
        {
          id: parameter.id,
          name: parameter.name,
          type: parameter.type,
          today,
          reaches,
          unit: parameter.unit ?? null,
          digits: parameterScale(parameter),
          slider: sliderOf(parameter, today),
        },
      ]
    })
    return items.length > 0 ? [{ id, name, parameters: items }] : []
  })
}
