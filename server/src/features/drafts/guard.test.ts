import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asActor } from '../../platform/db/actor.ts'

/** What somebody of the district sends to the database themselves, past the application. */

let db: TestDatabase
const people = ['author', 'other', 'both', 'approver', 'second', 'nobody'] as const
type Who = (typeof people)[number]
const sessions = new Map<Who, { token: string; staffId: string }>()
const idOf = (who: Who) => sessions.get(who)?.staffId ?? ''

const appointed: Readonly<Record<Who, readonly string[]>> = {
  author: ['policy-author'],
  other: ['policy-author'],
  both: ['policy-author', 'policy-approver'],
  approver: ['policy-approver'],
  second: ['policy-approver'],
  nobody: [],
}

beforeAll(async () => {
  db = await createTestDatabase()
  for (const name of people) {
    const session = await db.sessionFor({ role: 'district', areaId: '310118', name })
    sessions.set(name, session)
    for (const capability of appointed[name])
      await db.owner.pool.query(
        `insert into app.appointment (staff_id, capability, valid_from) values ($1, $2, '2020-01-01')`,
        [session.staffId, capability],
      )
  }
})
afterAll(() => db.close())

type Laid = Readonly<{
  state: string
  author?: Who | null
  /** Null: not tried; otherwise whether two must approve. */
  impact?: boolean | null
  approvedBy?: readonly Who[]
  undecided?: readonly string[]
}>

let count = 0

/** A draft as it would stand after the steps that lead to a state, with the revision 3. */
async function lay({
  state,
  author = 'author',
  impact = false,
  approvedBy = [],
  undecided = [],
}: Laid): Promise<{ id: number; hash: string }> {
  const hash = `content ${++count}`
  const { rows } = await db.owner.pool.query<{ id: number }>(
    `insert into app.policy_draft (title, base_hash, content_hash, version, state, revision, author, undecided)
     values ('试', 'base', $1, $2, $3, 3, $4, $5) returning id`,
    [hash, `1+${count}`, state, author === null ? null : idOf(author), undecided],
  )
  const id = rows[0]?.id ?? 0
  if (impact !== null)
    await db.owner.pool.query(
      `insert into app.policy_draft_impact (draft_id, revision, content_hash, impact, second_approver, by)
       values ($1, 3, $2, '{}', $3, $4)`,
      [id, hash, impact, idOf('approver')],
    )
  for (const by of approvedBy)
    await db.owner.pool.query(
      `insert into app.policy_draft_event (draft_id, kind, revision, content_hash, by)
       values ($1, 'approved', 3, $2, $3)`,
      [id, hash, idOf(by)],
    )
  return { id, hash }
}

/** How many rows a statement changed, sent under the session of somebody. */
async function send(who: Who, statement: string): Promise<number> {
  const { numAffectedRows } = await asActor(db.app, sessions.get(who)?.token ?? '', (tx) =>
    sql.raw(statement).execute(tx),
  )
  return Number(numAffectedRows ?? 0)
}
const update = (id: number, set: string) => `update app.policy_draft set ${set} where id = ${id}`
const publish = (hash: string) =>
  `insert into app.pack (version, hash, files) values ('published ${hash}', '${hash}', '{}')`
const note = (id: number, kind: string) =>
  `insert into app.policy_draft_event (draft_id, kind, revision, content_hash)
   values (${id}, '${kind}', 3, 'content')`
const stateOf = async (id: number) =>
  (await db.owner.pool.query('select state from app.policy_draft where id = $1', [id])).rows[0]
    ?.state

describe('past the application, the author of a draft', () => {
  test.each(['author', 'both'] as const)(
    'cannot approve it, whatever else they are appointed to (%s)',
    async (author) => {
      const { id } = await lay({ state: 'in-review', author, approvedBy: ['approver'] })
      await expect(send(author, update(id, `state = 'approved'`))).rejects.toThrow(
        'somebody else than its author',
      )
      await expect(send(author, note(id, 'approved'))).rejects.toThrow('row-level security')
      expect(await stateOf(id)).toBe('in-review')
    },
  )

  test.each(['author', 'both'] as const)(
    'cannot publish it, as a state or as a pack (%s)',
    async (author) => {
      const { id, hash } = await lay({ state: 'approved', author, approvedBy: ['approver'] })
      await expect(send(author, publish(hash))).rejects.toThrow('row-level security')
      await expect(send(author, update(id, `state = 'published'`))).rejects.toThrow(
        'somebody else than its author',
      )
      await expect(send(author, note(id, 'published'))).rejects.toThrow('row-level security')
    },
  )

  test('cannot jump from writing to approved or published', async () => {
    const { id } = await lay({ state: 'draft', approvedBy: ['approver'] })
    for (const state of ['approved', 'published', 'returned'])
      for (const who of ['author', 'both', 'approver'] as const)
        await expect(send(who, update(id, `state = '${state}'`))).rejects.toThrow(
          'somebody else than its author',
        )
  })

  test.each(['in-review', 'approved', 'published', 'withdrawn'])(
    'cannot change it once it is %s',
    async (state) => {
      const { id } = await lay({ state, approvedBy: ['approver'] })
      for (const set of [
        `files = '{"programmes/dibao.yaml": "x"}', content_hash = 'other'`,
        `cases = '{"cases/dibao/a.yaml": "x"}'`,
        `in_force_from = '2030-01-01'`,
        `undecided = '{a}'`,
        `base_hash = 'other', version = '2', title = '别的', note = '别的'`,
      ])
        for (const also of ['', ', revision = 4', `, revision = 4, state = 'draft'`])
          await expect(send('author', update(id, set + also))).rejects.toThrow(
            'only its author changes a draft',
          )
    },
  )

  test('cannot change it under the revision that was approved', async () => {
    const { id } = await lay({ state: 'draft' })
    const change = `files = '{"a": "b"}'`
    await expect(send('author', update(id, change))).rejects.toThrow('only its author')
    await expect(send('author', update(id, `${change}, revision = 9`))).rejects.toThrow(
      'only its author',
    )
    await expect(send('author', update(id, 'revision = 4'))).rejects.toThrow('keeps its author')
    expect(await send('author', update(id, `${change}, revision = 4`))).toBe(1)
  })

  test('cannot hand it to somebody else, or to nobody, so as to approve it then', async () => {
    const { id } = await lay({ state: 'in-review', author: 'both' })
    for (const author of [`'${idOf('other')}'`, 'null'])
      await expect(send('both', update(id, `author = ${author}`))).rejects.toThrow(
        'keeps its author',
      )
    const written = await lay({ state: 'draft', author: 'both' })
    await expect(
      send('both', update(written.id, `title = '别的', revision = 4, author = '${idOf('other')}'`)),
    ).rejects.toThrow('only its author')
  })

  test('cannot write that it was tried, approved or begun by somebody else', async () => {
    const { id } = await lay({ state: 'in-review' })
    await expect(
      send(
        'author',
        `insert into app.policy_draft_event (draft_id, kind, revision, content_hash, by)
         values (${id}, 'approved', 3, 'content', '${idOf('approver')}')`,
      ),
    ).rejects.toThrow('permission denied')
  })
})

describe('past the application, somebody else', () => {
  test('cannot change, submit or withdraw what another one drafts', async () => {
    const { id } = await lay({ state: 'draft' })
    for (const who of ['other', 'both', 'approver'] as const) {
      await expect(send(who, update(id, `title = '别的', revision = 4`))).rejects.toThrow(
        'only its author',
      )
      await expect(
        send(who, update(id, `title = '别的', revision = 4, author = '${idOf(who)}'`)),
      ).rejects.toThrow('only its author')
      for (const state of ['in-review', 'withdrawn'])
        await expect(send(who, update(id, `state = '${state}'`))).rejects.toThrow(
          'only its author takes this step',
        )
    }
    expect(await send('nobody', update(id, `state = 'withdrawn'`))).toBe(0)
  })

  test('cannot approve what was not tried, or by fewer than it asks for', async () => {
    const untried = await lay({ state: 'in-review', impact: null, approvedBy: ['approver'] })
    const alone = await lay({ state: 'in-review', impact: true, approvedBy: ['approver'] })
    const none = await lay({ state: 'in-review' })
    for (const { id } of [untried, alone, none])
      await expect(send('approver', update(id, `state = 'approved'`))).rejects.toThrow(
        'approved by as many as its impact asks for',
      )
    const two = await lay({ state: 'in-review', impact: true, approvedBy: ['approver', 'second'] })
    expect(await send('approver', update(two.id, `state = 'approved'`))).toBe(1)
  })

  test('cannot publish what nobody approved, nor call published what is no pack', async () => {
    const { id, hash } = await lay({ state: 'in-review', approvedBy: ['approver'] })
    await expect(send('approver', publish(hash))).rejects.toThrow('row-level security')
    const approved = await lay({ state: 'approved', approvedBy: ['approver'] })
    await expect(send('approver', update(approved.id, `state = 'published'`))).rejects.toThrow(
      'a published draft is a published pack',
    )
    expect(await stateOf(id)).toBe('in-review')
  })

  test('approves and publishes what was submitted and tried', async () => {
    const { id, hash } = await lay({ state: 'in-review' })
    expect(await send('approver', note(id, 'approved'))).toBe(1)
    expect(await send('approver', update(id, `state = 'approved'`))).toBe(1)
    expect(await send('approver', publish(hash))).toBe(1)
    expect(await send('approver', update(id, `state = 'published'`))).toBe(1)
    expect(await stateOf(id)).toBe('published')
  })
})

describe('past the application, what came with a release', () => {
  const takeUp = (id: number, who: Who) => update(id, `author = '${idOf(who)}'`)

  test('is taken up by an author in their own name, once', async () => {
    const { id } = await lay({ state: 'draft', author: null })
    await expect(send('approver', takeUp(id, 'approver'))).rejects.toThrow('keeps its author')
    await expect(send('author', takeUp(id, 'other'))).rejects.toThrow('keeps its author')
    expect(await send('both', takeUp(id, 'both'))).toBe(1)
    await expect(send('author', takeUp(id, 'author'))).rejects.toThrow('keeps its author')
  })

  test('is neither submitted nor approved while nobody answers for it', async () => {
    const { id } = await lay({ state: 'draft', author: null, approvedBy: ['approver'] })
    await expect(send('author', update(id, `state = 'in-review'`))).rejects.toThrow(
      'only its author takes this step',
    )
    await expect(send('approver', update(id, `state = 'approved'`))).rejects.toThrow(
      'somebody else than its author',
    )
    const changed = `title = '别的', revision = 4, author = '${idOf('approver')}'`
    await expect(send('approver', update(id, changed))).rejects.toThrow('only its author')
  })

  test('is not submitted while something in it is undecided', async () => {
    const { id } = await lay({ state: 'draft', undecided: ['programmes/dibao.yaml'] })
    await expect(send('author', update(id, `state = 'in-review'`))).rejects.toThrow(
      'decided before a review',
    )
    expect(await send('author', update(id, `undecided = '{}', revision = 4`))).toBe(1)
    expect(await send('author', update(id, `state = 'in-review'`))).toBe(1)
  })
})
