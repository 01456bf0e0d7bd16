import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { isInSight, readWarning } from './queries.ts'
import { readingOf, shown, WarningId, type WarningParts } from './show-warning.ts'
import { addNote, namePerson, takeStep, takeWord } from './steps.ts'
import { StepForm, type Warning, WarningView, WordForm, WordTakenView } from './views.ts'

const strict = { additionalProperties: false } as const

/** What staff do with warnings: 登记, 派发, 走访, 核实, 处置, 反馈, 强制报告. */
export function warningWriteRoutes(app: App, parts: WarningParts): void {
  app.post(
    '/warnings',
    {
      schema: {
        operationId: 'takeWord',
        tags: ['warnings'],
        summary:
          'Write down what somebody said of a household: it joins the warning that lives, or is one',
        body: WordForm,
        response: { 200: WordTakenView },
      },
      config: { may: 'warnings.write' },
    },
    async (request) =>
      request.transact(async (tx) => {
        const { harm, householdId } = request.body
        // What is kept for a repeated request is a number: words are kept sealed and nowhere else.
        const id = await once(tx, request, async () => {
          const taken = await takeWord(tx, request.body, actingOf(request, parts))
          await audit(tx, {
            action: 'warning.taken',
            subject: `warning:${taken}`,
            // Who looked is told to officials who may not know of it.
            ...(harm ? {} : { householdId }),
            requestId: request.id,
          })
          if (harm) await parts.jobs.enqueue(tx, 'warning.changed', { warningId: taken })
          return taken
        })
        const seen = !harm || (await isInSight(tx, id))
        const reading = await readingOf(request, parts)
        return { warning: seen ? await readWarning(tx, id, reading, parts.cipher) : null }
      }),
  )
  app.post(
    '/warnings/:id/steps',
    {
      schema: {
        operationId: 'stepWarning',
        tags: ['warnings'],
        summary: 'Take the next step with a warning',
        params: WarningId,
        body: StepForm,
        response: { 200: WarningView },
      },
      config: { may: 'warnings.write' },
    },
    async (request) =>
      change(request, parts, async (tx) => {
        const { body } = request
        if (body.kind === 'dispatch' && !request.caller.may.includes('warnings.dispatch'))
          throw problem(platformProblems, 'forbidden')
        await takeStep(tx, request.params.id, body, actingOf(request, parts))
      }),
  )
  app.post(
    '/warnings/:id/notes',
    {
      schema: {
        operationId: 'addWarningNote',
        tags: ['warnings'],
        summary: 'Add a note to a warning',
        params: WarningId,
        body: Type.Object(
          { text: Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S\\s*\\S' }) },
          strict,
        ),
        response: { 200: WarningView },
      },
      config: { may: 'warnings.write' },
    },
    async (request) =>
      change(request, parts, (tx) =>
        addNote(tx, request.params.id, request.body.text, actingOf(request, parts)),
      ),
  )
  app.post(
    '/warnings/:id/names',
    {
      schema: {
        operationId: 'nameForWarning',
        tags: ['warnings'],
        summary: 'Let somebody who works there see a restricted warning',
        params: WarningId,
        body: Type.Object({ staffId: Type.String({ format: 'uuid' }) }, strict),
        response: { 200: WarningView },
      },
      config: { may: 'warnings.name' },
    },
    async (request) =>
      change(request, parts, (tx) =>
        namePerson(tx, request.params.id, request.body.staffId, actingOf(request, parts)),
      ),
  )
}

function actingOf({ caller }: FastifyRequest, { clock, cipher, restDays }: WarningParts) {
  const { staffId, role } = caller
  return { staffId, role, today: clock.today(), cipher, restDays }
}

/** Does something with one warning, notes it, and answers with the warning as it is then. */
function change(
  request: FastifyRequest & { params: Static<typeof WarningId> },
  parts: WarningParts,
  work: (tx: Tx) => Promise<void>,
): Promise<Warning> {
  return request.transact(async (tx) => {
    await once(tx, request, async () => {
      await work(tx)
      return null
    })
    // By one word, whatever was done: who looked is told to more people than what of.
    const warning = await shown(tx, request, parts, 'warning.stepped')
    if (warning.restricted)
      await parts.jobs.enqueue(tx, 'warning.changed', { warningId: warning.id })
    return warning
  })
}
