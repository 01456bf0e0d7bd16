import { createTestDatabase, type TestDatabase, type TestSession } from '../../../test/database.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { putCertificate } from '../advisors/test-certificates.ts'
import { loadPackFolder } from '../policies/pack-files.ts'
import { type LinePlace, recordDisposition, undoDisposition } from './actions.ts'
import type { Disposition } from './lead.ts'
import { type LeadPage, listLeads, readLead, type Reading } from './queries.ts'
import { settleLeads } from './settle.ts'
import {
  clearHouseholds,
  programmeNames,
  putHousehold,
  putRoll,
  putRun,
  today,
  xiayang,
} from './test-households.ts'

/** The worklist of an empty district with the people who use it, in a database of its own. */
export type TestWorklist = Awaited<ReturnType<typeof openWorklist>>

export const firstPage: LeadPage = { state: 'open', sort: 'amount', page: 1, size: 50 }

/** What of a disposition a test may care about. */
type Given = Readonly<{ reason?: string; note?: string; coolDays?: number; version?: number }>

export async function openWorklist() {
  const db = await createTestDatabase()
  const { pack } = await loadPackFolder()
  const advisor = await db.sessionFor({ role: 'advisor', areaId: xiayang, name: '顾问甲' })
  await putCertificate(db.owner, advisor.staffId)
  const district = await db.sessionFor({ role: 'district', areaId: '310118', name: '区级乙' })
  const jobToken = await db.jobToken('match')
  let run = { id: 0 }
  const reading = (session: TestSession, on = today): Reading => ({
    staffId: session.staffId,
    areaLevel: session === district ? 'district' : 'committee',
    may: ['leads.read', 'leads.write'],
    today: on,
    programmeNames,
  })
  const act = <T>(work: (tx: Tx) => Promise<T>, session = advisor) =>
    asActor(db.app, session.token, work)
  const list = (asked: Partial<LeadPage> = {}, session = district, on = today) =>
    act((tx) => listLeads(tx, { ...firstPage, ...asked }, reading(session, on)), session)
  const read = (id: number, session = advisor) =>
    act((tx) => readLead(tx, id, reading(session)), session)
  const theLead = async (session = district) => {
    const [row] = (await list({}, session)).items
    if (!row) throw new Error('no lead')
    return read(row.id, session)
  }
  return {
    db,
    advisor,
    district,
    reading,
    act,
    list,
    read,
    theLead,
    /** One household, 张大爷 in Xiayang, and the complete roll of the allowance; nothing found yet. */
    startAfresh: async () => {
      await clearHouseholds(db.owner)
      run = await putRun(db.owner)
      await putHousehold(db.owner, 1, xiayang, '张大爷')
      await putRoll(db.owner, 'dibao', '310118')
    },
    settle: ({ on = today, ...rest }: { on?: string; householdIds?: number[] } = {}) =>
      asActor(db.app, jobToken, (tx) => settleLeads(tx, { today: on, run, pack, ...rest })),
    /** Records on the first line of the only lead, as the advisor. */
    record: async (disposition: Disposition, given: Given = {}): Promise<LinePlace> => {
      const lead = await theLead()
      const line = lead.lines[0]
      if (!line) throw new Error('no line')
      const place = { leadId: lead.id, lineId: line.id }
      const recorded = { disposition, version: lead.version, reason: '手续麻烦', ...given }
      await act((tx) => recordDisposition(tx, place, recorded, reading(advisor)))
      return place
    },
    undo: (place: LinePlace) => act((tx) => undoDisposition(tx, place, reading(advisor))),
    everything: () => everything(db),
  }
}

/** The problem a piece of work is refused with. */
export async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`no problem but ${String(error)}`)
  return { code: error.code, errors: error.errors }
}

/** All rows of the worklist, with what shows whether one was written anew. */
async function everything(db: TestDatabase): Promise<unknown> {
  const rows = await Promise.all(
    ['lead', 'lead_line', 'lead_event'].map((table) =>
      db.owner.pool.query(`select *, xmin::text as written from app.${table} order by id`),
    ),
  )
  return rows.map((result) => result.rows as unknown[])
}
