import { type Static, Type } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { App } from '../../platform/http/app.ts'
import { once } from '../../platform/http/idempotency.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noticeGaps, noticeInForce, type Purpose } from './notice.ts'
import { noticeProblems } from './problems.ts'
import { publishNotice, readNotices, readPurposes, writeNotice } from './queries.ts'
import { NoticeForm, PublicationForm, PurposesView, type PurposeView } from './views.ts'

const params = Type.Object({ purposeId: Type.String({ maxLength: 40 }) })
const response = { 200: PurposesView }
type Parts = Readonly<{ clock: Clock }>

/** What data is used for, on what that rests, and what people are told of it. */
export function noticeRoutes(app: App, parts: Parts): void {
  listRoute(app, parts)
  writeRoute(app, parts)
  publishRoute(app, parts)
}

function listRoute(app: App, { clock }: Parts): void {
  app.get(
    '/notices',
    {
      schema: {
        operationId: 'listNotices',
        tags: ['notices'],
        summary: 'Every purpose, on what it rests, and its notices, the latest first',
        response,
      },
      config: { may: 'notices.read' },
    },
    async (request) => request.transact((tx) => purposesOf(tx, clock)),
  )
}

function writeRoute(app: App, { clock }: Parts): void {
  app.put(
    '/notices/:purposeId',
    {
      schema: {
        operationId: 'writeNotice',
        tags: ['notices'],
        summary: 'Write the draft of a notice, or begin the next version',
        params,
        body: NoticeForm,
        response,
      },
      config: { may: 'notices.write' },
    },
    async (request) => {
      refuseLentOut(request.caller)
      const { seen, ...content } = request.body
      return request.transact((tx) =>
        once(tx, request, async () => {
          const { id } = await purposeCalled(tx, request.params.purposeId)
          if (!(await writeNotice(tx, id, { content, seen })))
            throw problem(noticeProblems, 'notice-changed')
          await audit(tx, {
            action: 'notices.written',
            subject: `notice:${id}`,
            requestId: request.id,
          })
          return purposesOf(tx, clock)
        }),
      )
    },
  )
}

function publishRoute(app: App, { clock }: Parts): void {
  app.post(
    '/notices/:purposeId/publication',
    {
      schema: {
        operationId: 'publishNotice',
        tags: ['notices'],
        summary:
          'Publish the draft from a day, by another than wrote it; it is never changed after',
        params,
        body: PublicationForm,
        response,
      },
      config: { may: 'notices.write' },
    },
    async (request) => {
      refuseLentOut(request.caller)
      const { from, seen } = request.body
      if (from < clock.today()) throw problem(noticeProblems, 'notice-day')
      return request.transact((tx) =>
        once(tx, request, async () => {
          const purpose = await purposeCalled(tx, request.params.purposeId)
          await refuseUnfinished(tx, purpose)
          const id = await publishNotice(tx, purpose.id, { from, seen }).catch(refused)
          if (id === null) throw problem(noticeProblems, 'notice-changed')
          await audit(tx, {
            action: 'notices.published',
            subject: `notice:${purpose.id}`,
            requestId: request.id,
            detail: { notice: id, from },
          })
          return purposesOf(tx, clock)
        }),
      )
    },
  )
}

async function purposesOf(tx: Tx, clock: Clock): Promise<Static<typeof PurposesView>> {
  const notices = await readNotices(tx)
  const items = (await readPurposes(tx)).map((purpose): Static<typeof PurposeView> => {
    const ofPurpose = notices.filter((one) => one.purpose === purpose.id)
    return {
      ...purpose,
      inForce: noticeInForce(ofPurpose, clock.today())?.id ?? null,
      notices: ofPurpose.map((one) => ({
        ...one,
        writtenBy: [...one.writtenBy],
        gaps: [...noticeGaps(one.content, purpose)],
      })),
    }
  })
  return { items }
}

async function purposeCalled(tx: Tx, id: string): Promise<Purpose> {
  const found = (await readPurposes(tx)).find((one) => one.id === id)
  if (!found) throw problem(noticeProblems, 'no-such-purpose')
  return found
}

/** Who may say what is missing says it field by field, before the database refuses the whole. */
async function refuseUnfinished(tx: Tx, purpose: Purpose): Promise<void> {
  const draft = (await readNotices(tx)).find((one) => one.purpose === purpose.id && !one.from)
  if (draft?.own) throw problem(noticeProblems, 'notice-own')
  const gaps = draft ? noticeGaps(draft.content, purpose) : []
  if (gaps.length === 0) return
  const errors = gaps.map((field) => ({ path: `/${field}`, message: '没有填好' }))
  throw problem(noticeProblems, 'notice-unfinished', undefined, errors)
}

/** Notices are of the district, not of staff lent to a township; the database asks the same. */
function refuseLentOut({ areaLevel }: Readonly<{ areaLevel: string }>): void {
  if (areaLevel !== 'district') throw problem(platformProblems, 'forbidden')
}

function refused(error: { constraint?: string }): never {
  if (error.constraint === 'notice_maker_is_no_checker') throw problem(noticeProblems, 'notice-own')
  if (error.constraint === 'notice_follows') throw problem(noticeProblems, 'notice-day')
  throw error
}
