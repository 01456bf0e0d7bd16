import type { Static } from 'typebox'
import { Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import { instantOn } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { clocksOf } from '../duties/read-clocks.ts'
import { isMember } from '../households/household-change.ts'
import { noteRead } from '../households/note-read.ts'
import { readHousehold } from '../households/queries.ts'
import type { AssessmentParts } from './assessment-parts.ts'
import { type Instrument, instrumentCalled } from './instrument.ts'
import { assessmentProblems } from './problems.ts'
import {
  handleSafetyTask,
  ownScales,
  raiseSafetyTask,
  readResults,
  readSafetyTasks,
  readTexts,
  recordResult,
  type ScaleResult,
} from './scale-queries.ts'
import { SafetyContactForm, SafetyTasksView, ScaleForm, ScaleResultsView } from './scale-views.ts'
import { alarmsOf, isConfirmed, type Score, scoreOf, scoreOfTotal } from './score.ts'

type Parts = Omit<AssessmentParts, 'packInForce'>
type Results = Static<typeof ScaleResultsView>

const strict = { additionalProperties: false } as const
const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const params = Type.Object({ id }, strict)

/** What members answered to scales, behind the wall of what is clinical, and whom to speak with at once. */
export function scaleRoutes(app: App, parts: Parts): void {
  readRoute(app, parts)
  recordRoute(app, parts)
  safetyRoutes(app, parts)
}

function readRoute(app: App, parts: Parts): void {
  app.get(
    '/households/:id/scales',
    {
      schema: {
        operationId: 'getScales',
        tags: ['assessments'],
        summary:
          'What members answered to the scales the caller is trained for; all for the district',
        params,
        response: { 200: ScaleResultsView },
      },
      config: { may: 'scales.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const household = await readHousehold(tx, request.params.id)
        if (!household) throw problem(platformProblems, 'not-found')
        await noteRead(tx, {
          action: 'household.scales-read',
          householdId: household.id,
          fields: ['scales'],
        })
        return resultsOf(tx, household, parts)
      }),
  )
}

function recordRoute(app: App, parts: Parts): void {
  app.post(
    '/households/:id/scales',
    {
      schema: {
        operationId: 'recordScale',
        tags: ['assessments'],
        summary:
          'Record what a member answered to a scale; what must not wait starts a clock at once',
        params,
        body: ScaleForm,
        response: { 200: ScaleResultsView },
      },
      config: { may: 'scales.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const household = await readHousehold(tx, request.params.id)
        if (!household) throw problem(platformProblems, 'not-found')
        // What is kept of the answer under a key is that it is done: what was answered lies sealed, and nowhere else.
        await once(tx, request, async () => {
          const { body, caller } = request
          const instrument = instrumentCalled(body.instrument)
          if (!instrument || !(await ownScales(tx)).includes(instrument.id))
            throw problem(assessmentProblems, 'scale-not-yours')
          if (!(await isMember(tx, household.id, body.personId)))
            throw wrong('personId', '不是这户的现住成员')
          if (body.onDay > parts.clock.today()) throw wrong('onDay', '不能晚于今天')
          const score = scored(instrument, body)
          const resultId = await recordResult(tx, {
            householdId: household.id,
            personId: body.personId,
            instrument: instrument.id,
            scoring: instrument.version,
            textId: await textUsed(tx, body),
            answers: parts.cipher.seal('scale', JSON.stringify(body.answers)).sealed,
            total: score.total,
            parts: score.parts,
            band: score.band?.id ?? null,
            lines: score.lines.map((line) => line.id),
            prorated: score.prorated,
            mode: body.mode,
            onDay: body.onDay,
          })
          // That a scale was used is told to officials of the area; which, and what came of it, is not.
          await audit(tx, {
            action: 'household.scale-recorded',
            subject: `household:${household.id}`,
            householdId: household.id,
            areaId: household.area.id,
            fields: ['scales'],
            requestId: request.id,
          })
          const because = alarmsOf(instrument, body.answers, score.total)
          if (because.length > 0) {
            const of = { resultId, householdId: household.id, owner: caller.staffId }
            const taskId = await raiseSafetyTask(tx, of, because, instantOn(parts.clock.today()))
            // Without its household: that there is such a task is told to nobody who may not see it.
            const subject = `safety-task:${taskId}`
            await audit(tx, { action: 'safety.raised', subject, requestId: request.id })
          }
        })
        return resultsOf(tx, household, parts)
      }),
  )
}

function safetyRoutes(app: App, parts: Parts): void {
  app.get(
    '/safety-tasks',
    {
      schema: {
        operationId: 'listSafetyTasks',
        tags: ['assessments'],
        summary: 'Whom the caller has to speak with at once; all that are open for the district',
        response: { 200: SafetyTasksView },
      },
      config: { may: 'scales.read' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const items = await tasksOf(tx, null, parts)
        await audit(tx, {
          action: 'safety.list',
          requestId: request.id,
          detail: { tasks: items.map((one) => one.id) },
        })
        return { items }
      }),
  )
  app.post(
    '/safety-tasks/:taskId/contact',
    {
      schema: {
        operationId: 'recordSafetyContact',
        tags: ['assessments'],
        summary: 'Say what came of speaking with them; its clock ends',
        params: Type.Object({ taskId: id }, strict),
        body: SafetyContactForm,
        response: { 200: SafetyTasksView },
      },
      config: { may: 'scales.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        await once(tx, request, async () => {
          const { taskId } = request.params
          const outcome = parts.cipher.seal('scale', request.body.outcome.trim()).sealed
          const handled = await handleSafetyTask(
            tx,
            taskId,
            outcome,
            instantOn(parts.clock.today()),
          )
          if (!handled) throw problem(platformProblems, 'not-found')
          if (!handled.done) throw problem(assessmentProblems, 'safety-task-handled')
          await audit(tx, {
            action: 'safety.handled',
            subject: `safety-task:${taskId}`,
            requestId: request.id,
          })
        })
        return { items: await tasksOf(tx, null, parts) }
      }),
  )
}

function scored(instrument: Instrument, body: Static<typeof ScaleForm>): Score {
  const { answers, total, prorate } = body
  const result = instrument.totalOnly
    ? scoreOfTotal(instrument, total ?? -1)
    : scoreOf(instrument, answers, prorate)
  if ('wrong' in result) throw wrong(instrument.totalOnly ? 'total' : 'answers', result.wrong)
  return result.score
}

async function textUsed(tx: Tx, { instrument, withText }: Static<typeof ScaleForm>) {
  if (!withText) return null
  const text = (await readTexts(tx)).find(
    (one) => one.instrument === instrument && one.language === 'zh-CN',
  )
  if (!text) throw wrong('withText', '这个量表的文本待核')
  return text.id
}

async function resultsOf(
  tx: Tx,
  household: Readonly<{ id: number; area: Readonly<{ id: string; name: string }> }>,
  parts: Parts,
): Promise<Results> {
  const { area } = household
  return {
    area: { id: area.id, name: area.name },
    trained: (await ownScales(tx)).flatMap((one) => instrumentCalled(one)?.id ?? []),
    items: (await readResults(tx, household.id)).map((one) => viewOf(one, parts.cipher)),
    safety: await tasksOf(tx, household.id, parts),
  }
}

function viewOf(one: ScaleResult, cipher: FieldCipher): Results['items'][number] {
  const { scoring: _, answers, parts, band, lines, ...rest } = one
  const instrument = instrumentCalled(one.instrument)
  const meant = instrument?.bands.find(({ id: each }) => each === band)
  return {
    ...rest,
    instrumentName: instrument?.name ?? one.instrument,
    parts: (instrument?.parts ?? []).flatMap(({ id: part, name, en }) => {
      const score = parts[part]
      return score === undefined ? [] : [{ name, en, score }]
    }),
    band: meant
      ? { name: meant.name, en: meant.en, confirmed: isConfirmed(meant.confidence) }
      : null,
    lines: (instrument?.lines ?? [])
      .filter(({ id: line }) => lines.includes(line))
      .map(({ name, en, confidence }) => ({ name, en, confirmed: isConfirmed(confidence) })),
    answers: JSON.parse(cipher.open('scale', answers)) as (number | null)[],
  }
}

async function tasksOf(tx: Tx, householdId: number | null, { cipher, clock }: Parts) {
  const tasks = await readSafetyTasks(tx, householdId)
  const clocks = await clocksOf(
    tx,
    'safety',
    tasks.map((one) => one.id),
    instantOn(clock.today()),
  )
  return tasks.map(({ outcome, because, ...task }) => {
    const standing = clocks.get(task.id)
    return {
      ...task,
      because: [...because],
      outcome: outcome === null ? null : cipher.open('scale', outcome),
      dueAt: standing?.dueAt ?? null,
      urgency: standing?.urgency ?? 'calm',
    }
  })
}

function wrong(field: string, message: string) {
  return problem(assessmentProblems, 'scale-invalid', message, [
    { path: `/body/${field}`, message },
  ])
}
