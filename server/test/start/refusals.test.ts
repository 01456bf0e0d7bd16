import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataPlace, type Ended, launch, qiao } from './running-program.ts'

const patient = 120_000
const root = process.getuid?.() === 0
/** Who is nobody, as which PostgreSQL runs when the tests run as root. */
const nobody = 65_534

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qiao-refusals-'))
  await chmod(scratch, 0o755)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const start = (env: Record<string, string>, uid?: number) =>
  launch({ env, ...(uid === undefined ? {} : { uid }) }).ended

/** What a refusal is: what is wrong and what to do, nothing of the inside, and a number that is not 0. */
function expectRefusal({ code, said, out }: Ended, wrong: RegExp, remedy: RegExp): void {
  expect([code, out]).toEqual([1, ''])
  const sentences = said.split('\n').filter((line) => line !== '' && !/^( |桥)/.test(line))
  expect(sentences).toHaveLength(2)
  expect(sentences[0]).toMatch(wrong)
  expect(sentences[1]).toMatch(remedy)
  expect(said).not.toMatch(/^\s+at /m)
}

describe('one sentence with what is wrong and one with what to do', () => {
  test('for a taken port, before anything is made', async () => {
    const other = await listening()
    const { port } = other.address() as { port: number }
    const data = join(scratch, 'taken-port')
    const refused = await start({ PORT: String(port), QIAO_DATA: data })
    other.close()
    expectRefusal(
      refused,
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken by another program\\.$`),
      new RegExp(`another port: PORT=${port + 1} npm start$`),
    )
    await expect(readFile(join(data, 'keys.json'))).rejects.toThrow('ENOENT')
  })

  test('for an address this machine does not have', async () => {
    const refused = await start({ HOST: '192.0.2.1', QIAO_DATA: join(scratch, 'host') })
    expectRefusal(refused, /cannot listen on 192\.0\.2\.1:0 \(EADDRNOTAVAIL\)/, /^Set HOST to/)
  })

  test('for a folder that cannot be written', async () => {
    const folder = join(scratch, 'read-only')
    await mkdir(folder, { mode: 0o555 })
    const refused = await start({ QIAO_DATA: join(folder, 'data') }, root ? nobody : undefined)
    expectRefusal(
      refused,
      /data folder .*read-only\/data cannot be written \(EACCES\)/,
      /QIAO_DATA/,
    )
  })

  test('for a data folder that is a file', async () => {
    const file = join(scratch, 'file')
    await writeFile(file, '')
    expectRefusal(await start({ QIAO_DATA: file }), /file.* \(ENOTDIR\)/, /QIAO_DATA/)
  })

  test.each([
    [{ PORT: 'eighty' }, /^PORT is "eighty"/, /PORT/],
    [{ QIAO_TODAY: '2025-02-30' }, /^QIAO_TODAY is "2025-02-30"/, /YYYY-MM-DD/],
    [{ QIAO_MODE: 'live' }, /^QIAO_MODE is "live"/, /demo, production/],
  ])('for the setting %o', async (env, wrong, remedy) => {
    expectRefusal(await start({ QIAO_DATA: join(scratch, 'setting'), ...env }), wrong, remedy)
  })
})

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

test(
  'a folder PostgreSQL’s user cannot reach is refused to root, and used by its owner',
  async () => {
    const home = join(scratch, 'home')
    await mkdir(home, { mode: 0o700 })
    const env = { QIAO_DATA: join(home, 'data') }
    const refused = root ? await start(env) : await qiao(['staff', 'list'], env)
    if (root)
      expectRefusal(
        refused,
        /data folder .*home\/data\/postgres lies inside .*home, which PostgreSQL cannot enter: .* as "nobody"/,
        /Start Qiao as an ordinary user, .* chmod o\+x .*home$/,
      )
    else expect(refused.code).toBe(0)
  },
  patient,
)

describe('a PostgreSQL that does not start', () => {
  let place: Awaited<ReturnType<typeof dataPlace>>
  let cluster: string
  beforeAll(async () => {
    place = await dataPlace()
    cluster = join(place.data, 'postgres')
    expect((await qiao(['staff', 'list'], place.env)).code).toBe(0)
  }, patient)
  afterAll(() => place.remove())

  /** Spoils one file, starts, and puts it back. */
  async function spoiled(file: string, content: string): Promise<Ended> {
    const path = join(cluster, file)
    const before = await readFile(path)
    await writeFile(path, content)
    try {
      return await start(place.env)
    } finally {
      await writeFile(path, before)
    }
  }

  test.each([
    ['is of another version', 'PG_VERSION', '14\n', /not compatible|incompatible/],
    ['has lost its control file', 'global/pg_control', '', /pg_control/],
    [
      'has a setting nobody knows',
      'postgresql.conf',
      'shared_bufers = 1\n',
      /shared_bufers|postgresql\.conf/,
    ],
  ])(
    'because its folder %s says so, and where the whole story is',
    async (_what, file, content, why) => {
      const refused = await spoiled(file, content)
      expectRefusal(refused, why, /whole story is in .*server\.log\. Restore .*backup/)
      expect(await place.postmaster()).toBeUndefined()
    },
    patient,
  )

  test(
    'because its folder holds other things is told so',
    async () => {
      const other = join(scratch, 'other', 'data')
      await mkdir(join(other, 'postgres'), { recursive: true })
      await writeFile(join(other, 'postgres', 'letter.txt'), 'not a database')
      expectRefusal(
        await start({ QIAO_DATA: other }),
        /folder .*postgres cannot be made/,
        /QIAO_DATA/,
      )
      expect(await readFile(join(other, 'postgres', 'letter.txt'), 'utf8')).toBe('not a database')
    },
    patient,
  )

  test(
    'starts again once the folder is as it was',
    async () => {
      const list = await qiao(['staff', 'list'], place.env)
      expect([list.code, await place.postmaster()]).toEqual([0, undefined])
    },
    patient,
  )

  describe('without its keys', () => {
    const keys = () => join(place.data, 'keys.json')
    test(
      'says that the key file is missing, and makes no other',
      async () => {
        const before = await readFile(keys())
        await rm(keys())
        expectRefusal(
          await start(place.env),
          /key file .*keys\.json is missing/,
          /Restore the key file/,
        )
        await expect(readFile(keys())).rejects.toThrow('ENOENT')
        await writeFile(keys(), before, { mode: 0o600 })
      },
      patient,
    )

    test(
      'says that the key file is another one',
      async () => {
        const other = await dataPlace()
        await qiao(['staff', 'list'], other.env)
        const env = { ...place.env, QIAO_KEY_FILE: join(scratch, 'other-keys.json') }
        await cp(join(other.data, 'keys.json'), env.QIAO_KEY_FILE)
        await other.remove()
        expectRefusal(await start(env), /key file is not the one/, /QIAO_KEY_FILE/)
        expect((await qiao(['staff', 'list'], place.env)).code).toBe(0)
      },
      patient,
    )

    test(
      'says that the key file is damaged',
      async () => {
        const file = join(scratch, 'damaged.json')
        await writeFile(file, '{"secret":')
        const env = { ...place.env, QIAO_KEY_FILE: file }
        expectRefusal(await start(env), /damaged\.json is damaged/, /Restore it from its backup/)
      },
      patient,
    )
  })
})
