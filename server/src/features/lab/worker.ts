import { parentPort } from 'node:worker_threads'
import type { Pack } from '@qiao/rules'
import type pg from 'pg'
import { openDatabase } from '../../platform/db/database.ts'
import { hashOf, type PackFiles, packOf } from '../policies/pack-files.ts'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import type { Ask, Reading, Reply } from './messages.ts'
import { decilesOf } from './population.ts'
import { readPopulation } from './read-population.ts'

/** One thread with one part of the district; asked one thing after the other. */
const port = parentPort
if (!port) throw new Error('a thread of the laboratory is started by the laboratory')

type Read = Awaited<ReturnType<typeof readPopulation>> & { reading: Reading }
let read: Read | undefined
let laboratory: Laboratory | undefined

port.on('message', ({ id, ask }: { id: number; ask: Ask }) => {
  answer(ask).then(
    (value) => port.postMessage({ id, value }),
    (error: unknown) => port.postMessage({ id, error: String((error as Error).stack ?? error) }),
  )
})

async function answer(ask: Ask): Promise<Reply> {
  switch (ask.kind) {
    case 'read':
      return readPart(ask.reading)
    case 'open':
      return open(ask.starts)
    case 'values':
      return lab().tryValues(ask.values)
    case 'pack':
      return lab().tryPack(packFrom(ask.files), ask.values)
    case 'check': {
      const pack = packOf(ask.files)
      return { problems: 'problems' in pack ? pack.problems : [] }
    }
    case 'pick': {
      const { files, values, cell, most } = ask
      return lab().pickFrom({ values, pack: files && packFrom(files) }, cell, most)
    }
  }
}

function lab(): Laboratory {
  if (!laboratory) throw new Error('the laboratory is not open')
  return laboratory
}

async function readPart(reading: Reading): Promise<Reply> {
  const database = openDatabase(reading.url, 1)
  try {
    const connection = await database.pool.connect()
    try {
      read = { ...(await inOneMoment(connection, reading)), reading }
    } finally {
      connection.release()
    }
  } finally {
    await database.close()
  }
  const { incomeOf } = read.population
  return { incomes: incomeOf.filter((income) => !Number.isNaN(income)) }
}

/** Facts change while they are read: everything is seen as of the first look. */
async function inOneMoment(connection: pg.PoolClient, { token, files, ...wish }: Reading) {
  await connection.query('begin isolation level repeatable read read only')
  await connection.query(`select set_config('app.token', $1, true)`, [token])
  const found = await readPopulation(connection, packFrom(files), wish)
  await connection.query('commit')
  return found
}

function open(starts: readonly number[]): Reply {
  if (!read) throw new Error('nothing has been read')
  const { reading, population, receipts, householdIds } = read
  laboratory = openLaboratory({
    pack: packFrom(reading.files),
    on: reading.on,
    population,
    householdIds,
    decileOf: decilesOf(population.incomeOf, starts),
    townships: reading.townships.length + 1,
    receipts,
    line: reading.line,
  })
  return laboratory.standing
}

/** The packs asked for last: the one in force, and what is tried beside it again and again. */
let known: readonly Pack[] = []

/** Files that have been published or checked before they come here. */
function packFrom(files: PackFiles): Pack {
  const hash = hashOf(files)
  const pack = known.find((one) => one.hash === hash) ?? packOf(files)
  if ('problems' in pack) throw new Error('the pack does not read')
  known = [pack, ...known.filter((one) => one !== pack)].slice(0, 2)
  return pack
}
