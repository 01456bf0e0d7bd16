import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'
import { hashOf, shippedPackFolder } from '../policies/pack-files.ts'
import type { Release } from '../policies/releases.ts'
import { receiveRelease, receiveShipped, releaseIn } from './releases.ts'

let running: RunningQiao
let shipped: Release
const tokens = new Map<string, string>()
type Line = Parameters<typeof ask>[1]

const asked = (line: string, who: string, body?: unknown) =>
  ask(running.http, line as Line, {
    token: tokens.get(who) ?? '',
    ...(body === undefined ? {} : { body }),
  })

beforeAll(async () => {
  running = await runQiao()
  shipped = await releaseIn()
  for (const [who, capability] of [
    ['author', 'policy-author'],
    ['other', 'policy-author'],
    ['approver', 'policy-approver'],
    ['district', null],
  ] as const) {
    const session = await running.db.sessionFor({ role: 'district', areaId: '310118', name: who })
    tokens.set(who, session.token)
    if (capability)
      await running.db.owner.pool.query(
        `insert into app.appointment (staff_id, capability, valid_from) values ($1, $2, '2020-01-01')`,
        [session.staffId, capability],
      )
  }
  await loadDistrict({ owner: running.db.owner, seal }, { residents: 1000, seed: 1, today })
}, 180_000)
afterAll(() => running.close())

const patience = { timeout: 180_000 }
const laonian = 'programmes/laonian-jintie.yaml'
const gaoling = 'programmes/dibao.yaml'
const changeOf = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

/** The pack as a later release ships it. */
function later(
  version: string,
  changes: Record<string, (text: string) => string> = {},
  from = shipped,
): Release {
  const files = {
    ...from.files,
    ...Object.fromEntries(
      Object.entries(changes).map(([path, change]) => [path, change(from.files[path] ?? '')]),
    ),
    'pack.yaml': (from.files['pack.yaml'] ?? '').replace(/^version:.*$/m, `version: "${version}"`),
  }
  return { version, files, cases: from.cases, hash: hashOf(files) }
}

const receive = (release: Release) => receiveRelease(running.db.owner, release, today)
const draftOf = async (id: number | null | undefined) =>
  (await asked(`GET /api/drafts/${id}`, 'author')).body
const open = async () => (await asked('GET /api/drafts', 'author')).body
const step = async (id: number, who: string, name: string) =>
  asked(`POST /api/drafts/${id}/steps`, who, {
    revision: (await draftOf(id)).revision,
    step: name,
    text: '',
  })
async function ready(): Promise<void> {
  while ((await asked('GET /api/lab', 'district')).body.state !== 'ready')
    await new Promise((resolve) => setTimeout(resolve, 100))
}
async function through(id: number): Promise<void> {
  expect(await step(id, 'author', 'submit')).toMatchObject({ status: 200 })
  await ready()
  const { revision } = await draftOf(id)
  expect(await asked(`POST /api/drafts/${id}/impact`, 'approver', { revision })).toMatchObject({
    status: 200,
  })
  expect((await step(id, 'approver', 'approve')).status).toBe(200)
  expect(await step(id, 'approver', 'publish')).toMatchObject({ status: 200 })
}
const inForce = async () => (await asked('GET /api/policies', 'district')).body
const note = changeOf('notes: 起始日', 'notes: 新版本改过。起始日')

describe('the release an empty database began with', () => {
  test('is in force and arrives no second time', async () => {
    expect(await receive(shipped)).toBeNull()
    expect((await open()).items).toEqual([])
    expect((await inForce()).awaiting).toBeNull()
  })

  test('is not read whole again, and one that does not read is refused and changes nothing', async () => {
    expect(await receiveShipped(running.db.owner, today)).toBeNull()
    const folder = await mkdtemp(join(tmpdir(), 'qiao-release-'))
    await cp(shippedPackFolder, folder, { recursive: true })
    await writeFile(join(folder, laonian), 'id: [')
    await expect(receiveShipped(running.db.owner, today, folder)).rejects.toThrow(
      /laonian-jintie\.yaml:\d+:\d+/,
    )
    await rm(folder, { recursive: true })
    expect(await open()).toMatchObject({ items: [], awaiting: null })
  })

  test('arrives as nothing where a later one differs by its version alone', async () => {
    expect(await receive(later('2099.1.0'))).toBeNull()
    expect((await open()).items).toEqual([])
  })
})

describe('a later release, nothing being changed locally', patience, () => {
  let id: number
  const release = () => later('2099.2.0', { [laonian]: note })

  test('arrives as a draft by nobody, and leaves in force what is', async () => {
    const before = (await inForce()).pack
    const awaiting = await receive(release())
    expect(awaiting).toMatchObject({ version: '2099.2.0' })
    id = awaiting?.draft ?? 0
    expect(await draftOf(id)).toMatchObject({
      title: '随版本更新 2099.2.0',
      author: null,
      version: '2099.2.0',
      state: 'draft',
      undecided: [],
      release: { version: '2099.2.0' },
      steps: ['take-up'],
    })
    expect((await inForce()).pack).toEqual(before)
  })

  test('arrives once, however often the program starts, and says every time that it waits', async () => {
    expect(await receive(release())).toEqual({ version: '2099.2.0', draft: id })
    expect((await open()).items).toHaveLength(1)
    expect((await open()).awaiting).toEqual({ version: '2099.2.0', draft: id })
  })

  test('is told to whoever reads the policies, appointed or not', async () => {
    expect((await inForce()).awaiting).toEqual({ version: '2099.2.0' })
  })

  test('is taken up by one author, who cannot approve it; another may no longer write on it', async () => {
    expect((await step(id, 'approver', 'take-up')).body.code).toBe('step-not-open')
    expect((await step(id, 'author', 'take-up')).status).toBe(200)
    expect(await draftOf(id)).toMatchObject({ author: 'author', mine: true, revision: 1 })
    expect((await step(id, 'other', 'take-up')).body.code).toBe('step-not-open')
    expect((await step(id, 'author', 'approve')).body.code).toBe('author-cannot-approve')
  })

  test('is published, after review by another, as exactly what was shipped', async () => {
    await through(id)
    expect(await inForce()).toMatchObject({
      pack: { version: '2099.2.0', hash: release().hash },
      awaiting: null,
    })
    expect((await draftOf(id)).events.map(({ kind }: { kind: string }) => kind)).toEqual([
      'begun',
      'taken-up',
      'submitted',
      'tried',
      'approved',
      'published',
    ])
  })
})

describe('a later release over local edits', patience, () => {
  let id: number

  beforeAll(async () => {
    await ready()
    const local = (await asked('POST /api/drafts', 'author', { title: '本区改动', note: '' })).body
      .id
    const textOf = async (path: string) =>
      (await asked(`GET /api/drafts/${local}/file?path=${encodeURIComponent(path)}`, 'author')).body
        .text as string
    await asked(`PUT /api/drafts/${local}`, 'author', {
      revision: 1,
      title: '本区改动',
      note: '',
      from: null,
      files: {
        [laonian]: changeOf('notes: 新版本改过。', 'notes: 本区改过。')(await textOf(laonian)),
        [gaoling]: `${await textOf(gaoling)}# 本区备注\n`,
      },
      cases: {},
    })
    await through(local)
  }, 180_000)

  test('keeps what the district changed, and leaves to an author what both changed', async () => {
    const began = later('2099.2.0', { [laonian]: note })
    const changes = {
      [laonian]: changeOf('notes: 新版本改过。', 'notes: 又一版本。'),
      [gaoling]: (text: string) => `# 版本说明\n${text}`,
      'programmes/tekun.yaml': (text: string) => `${text}# 版本\n`,
    }
    id = (await receive(later('2099.3.0', changes, began)))?.draft ?? 0
    const draft = await draftOf(id)
    expect(draft).toMatchObject({ undecided: [laonian], version: '2099.3.0+1' })
    const changed = draft.files.filter((file: { changed: boolean }) => file.changed)
    expect(changed.map(({ path }: { path: string }) => path)).toEqual([
      gaoling,
      'programmes/tekun.yaml',
    ])
  })

  test('shows what either side changed since the release before, file by file', async () => {
    const { body } = await asked(`GET /api/drafts/${id}/release`, 'author')
    expect(body).toMatchObject({ version: '2099.3.0', base: '2099.2.0' })
    expect(
      body.files.map(({ path, fate }: { path: string; fate: string }) => [path, fate]),
    ).toEqual([
      [gaoling, 'merged'],
      [laonian, 'conflict'],
      ['programmes/tekun.yaml', 'theirs'],
    ])
    expect(body.files[1]).toMatchObject({ name: '老年综合津贴' })
    const made = (lines: ({ kind: string; text: string } | null)[]) =>
      lines.filter((line) => line?.kind === 'new').map((line) => line?.text.slice(0, 11))
    expect(made(body.files[1].ours)).toEqual(['notes: 本区改过'])
    expect(made(body.files[1].theirs)).toEqual(['notes: 又一版本'])
  })

  test('is not submitted before the author has chosen', async () => {
    await step(id, 'author', 'take-up')
    expect((await step(id, 'author', 'submit')).body.code).toBe('merge-undecided')
    const { revision } = await draftOf(id)
    const settle = (who: string) =>
      asked(`POST /api/drafts/${id}/settle`, who, { revision, choices: { [laonian]: 'theirs' } })
    expect((await settle('other')).body.code).toBe('not-the-author')
    expect((await settle('author')).status).toBe(200)
    expect((await draftOf(id)).undecided).toEqual([])
  })

  test('is published with both sides in it', async () => {
    await through(id)
    const { rows } = await running.db.owner.pool.query(
      `select files from app.pack order by id desc limit 1`,
    )
    expect(rows[0].files[gaoling]).toMatch(/^# 版本说明\n/)
    expect(rows[0].files[gaoling]).toMatch(/# 本区备注\n$/)
    expect(rows[0].files[laonian]).toContain('notes: 又一版本')
    expect((await inForce()).pack.version).toBe('2099.3.0+1')
  })
})

describe('a release nobody has taken up', patience, () => {
  const add = (word: string) => ({
    'programmes/tekun.yaml': (text: string) => `${text}# ${word}\n`,
  })

  test('gives way to the next one, which is held against what was adopted last', async () => {
    const first = await receive(later('2099.4.0', add('四')))
    const second = await receive(later('2099.5.0', add('五')))
    expect(await draftOf(first?.draft)).toMatchObject({
      state: 'withdrawn',
      events: [{ kind: 'begun' }, { kind: 'withdrawn', by: null }],
    })
    expect(second).toMatchObject({ version: '2099.5.0' })
    const { body } = await asked(`GET /api/drafts/${second?.draft}/release`, 'author')
    expect(body.base).toBe('2099.3.0')
  })

  test('can be begun again after it was withdrawn, for it still waits', async () => {
    const { awaiting } = await open()
    const begin = (who: string, version = '2099.5.0') =>
      asked('POST /api/drafts/release', who, { version })
    expect((await begin('author')).body.code).toBe('nothing-awaits')
    await step(awaiting.draft, 'author', 'take-up')
    await step(awaiting.draft, 'author', 'withdraw')
    expect((await open()).awaiting).toEqual({ version: '2099.5.0', draft: null })
    expect((await begin('author', '2099.4.0')).body.code).toBe('nothing-awaits')
    const again = await begin('author')
    expect(again.status).toBe(200)
    expect(await draftOf(again.body.id)).toMatchObject({ mine: true, state: 'draft' })
    expect((await begin('district')).body.code).toBe('forbidden')
  })
})
