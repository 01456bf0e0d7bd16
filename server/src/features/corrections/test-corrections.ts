import { createHash, sign } from 'node:crypto'
import type { TestSession } from '../../../test/database.ts'
import { ask, type RunningQiao, today } from '../../../test/running-qiao.ts'
import { makeSteward, numberOf } from '../../../test/journeys/delivering.ts'
import { writeAllCurrent } from '../households/wide.ts'
import { putHousehold, xiayang } from '../leads/test-households.ts'
import { asOwner } from '../../platform/db/actor.ts'

export type Key = Readonly<{ id: string; privateKey: string }>

const people = {
  advisor: ['advisor', xiayang],
  township: ['township', '310118001'],
  colleague: ['township', '310118001'],
  otherTownship: ['township', '310118002'],
  district: ['district', '310118'],
  steward: ['district', '310118'],
} as const
export type Who = keyof typeof people

/** Somebody of every kind at work on households of one, with what departments delivered of them. */
export async function makeBench(running: RunningQiao, households: number) {
  const { db, cipher, http } = running
  const rows = async (text: string) => (await db.owner.pool.query(text)).rows
  const who = {} as Record<Who, TestSession>
  for (const [name, [role, areaId]] of Object.entries(people))
    who[name as Who] = await db.sessionFor({ role, areaId, name })
  await rows(`insert into app.appointment (staff_id, capability, valid_from)
    values ('${who.steward.staffId}', 'data-steward', '2020-01-01')`)
  await rows(`insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
    values ('${who.advisor.staffId}', '${xiayang}', 'advisor-of-area', '2020-01-01', 'test')`)
  for (let id = 1; id <= households; id++) {
    await putHousehold(db.owner, id, xiayang)
    const { sealed, index } = cipher.seal('id-number', numberOf(id))
    await db.owner.pool.query(
      'update app.person set id_number_enc = $2, id_number_index = $3 where id = $1',
      [id, sealed, index],
    )
  }
  await asOwner(db.owner, (tx) => writeAllCurrent(tx, today))
  const steward = makeSteward(running, who.steward.token)

  const call = (by: Who, line: Parameters<typeof ask>[1], body?: unknown, reason = '') =>
    ask(http, line, {
      token: who[by].token,
      ...(body === undefined ? {} : { body }),
      ...(reason ? { headers: { 'x-qiao-reason': encodeURIComponent(reason) } } : {}),
    })
  /** Puts a fact on record by hand; where it would lie beside another value, an official decides for it. */
  const record = async (
    by: Who,
    id: number,
    fact: string,
    value: unknown,
    { household = false, verifiedOn = '2025-05-28' } = {},
  ) => {
    const [found] = await rows(`select version from app.household where id = ${id}`)
    const personId = household ? null : id
    const source = '入户走访'
    const recorded = await call(by, `PUT /api/households/${id}/facts`, {
      fact,
      value,
      personId,
      verifiedOn,
      source,
      evidence: '存折原件',
      version: Number(found?.version),
    })
    const [beside] =
      await rows(`select other.id from app.other_word other join app.fact known using (household_id, fact)
      where household_id = ${id} and fact = '${fact}' and other.kind = 'visit' and other.superseded_at is null
        and known.person_id is not distinct from other.person_id and known.superseded_at is null and known.value <> other.value`)
    if (!beside || by === 'advisor') return recorded
    return call(by, `POST /api/households/${id}/words/${beside['id']}/settlement`, {
      take: true,
      because: '以存折为准',
      version: recorded.body.version,
    })
  }
  const deliver = async (
    source: string,
    heading: string,
    lines: readonly string[],
    onDay: string,
  ) =>
    steward.applied(
      await steward.handIn(`证件号码,姓名,${heading}\n${lines.join('\n')}\n`, { source, onDay }),
    )
  const of = (id: number) =>
    rows(`select source, state, their_value as theirs, their_day::text as "theirDay", our_value as ours,
      our_day::text as "ourDay", because, person_id::int as person
      from app.correction where household_id = ${id} order by id`)
  return { rows, who, steward, call, record, deliver, of }
}

type Asked = Readonly<{
  url: string
  body?: object
  /** What is signed in the place of the body. */
  signed?: string
}>

/** A request of a department's system, signed as the guide says. */
export async function asSource(running: RunningQiao, key: Key, { url, body, signed }: Asked) {
  const payload = body === undefined ? '' : JSON.stringify(body)
  const method = body === undefined ? 'GET' : 'POST'
  const [path, query = ''] = url.split('?')
  const digest = `sha-256=:${createHash('sha256')
    .update(signed ?? payload)
    .digest('base64')}:`
  const parameters = `("@method" "@path" "@query" "content-digest" "idempotency-key");created=${Math.floor(Date.now() / 1000)};keyid="${key.id}";alg="ed25519"`
  const base = [
    `"@method": ${method}`,
    `"@path": ${path}`,
    `"@query": ?${query}`,
    `"content-digest": ${digest}`,
    '"idempotency-key": once',
    `"@signature-params": ${parameters}`,
  ].join('\n')
  const answer = await running.http.inject({
    method,
    url,
    ...(body === undefined ? {} : { payload }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'content-digest': digest,
      'idempotency-key': 'once',
      'signature-input': `qiao=${parameters}`,
      signature: `qiao=:${sign(null, Buffer.from(base), key.privateKey).toString('base64')}:`,
    },
  })
  return { status: answer.statusCode, body: answer.json() }
}
