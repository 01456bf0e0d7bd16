import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { explain, type Fact, type Pack, type Result } from '@qiao/rules'
import {
  type GivenHousehold,
  GivenProblem,
  readHouseholdFacts,
} from '../features/policies/given-facts.ts'
import { loadPackFolder } from '../features/policies/pack-files.ts'
import type { Command, CommandIo } from './command.ts'
import { resultsTable } from './results-table.ts'

export const explainCommand: Command = {
  name: 'explain',
  usage: ['qiao explain FILE --on YYYY-MM-DD [--programme ID] [--json]'],
  about: `Says what every programme of the shipped pack gives one household on a day, and why. Needs no database.
FILE (- for standard input) is {"household": {fact: value}, "members": [{"id": "…", fact: value}]}; keys are ids or
Chinese names of policy/facts.yaml; an absent fact is unknown, null is known to have none; money is in yuan, a number
with at most 2 decimals or its text. In the answer amounts are fen; values read are as they were given.`,
  run: async (args, io) => {
    try {
      return await run(args, io)
    } catch (error) {
      if (error instanceof Refused) {
        io.stderr(`${error.message}\n`)
        return 2
      }
      throw error
    }
  },
}

class Refused extends Error {}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const options = {
    on: { type: 'string' },
    programme: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [file, ...more] = positionals
  if (!file || more.length > 0)
    throw new Refused('FILE: name one file with the household, or - for standard input.')
  const on = readDay(values.on)
  const { pack } = await loadPackFolder()
  const programme = values.programme
  if (programme !== undefined && !pack.programmes.some(({ id }) => id === programme)) {
    throw new Refused(`--programme: there is no programme "${programme}".`)
  }
  const household = readGiven(pack, await readJson(file, io))
  const results = explain(pack, household, on, programme === undefined ? {} : { programme })
  const answer = {
    on,
    pack: { version: pack.version, hash: pack.hash },
    results: results.map((result) => inYuan(pack, result)),
  }
  io.stdout(values.json ? `${JSON.stringify(answer)}\n` : resultsTable(pack, on, results))
  return 0
}

function readDay(on: string | undefined): string {
  if (on === undefined) throw new Refused('--on is missing: the day whose law applies, YYYY-MM-DD.')
  const day = /^\d{4}-\d{2}-\d{2}$/.test(on) ? new Date(`${on}T00:00:00Z`) : undefined
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(on)) return on
  throw new Refused(`--on: "${on}" is no day; write YYYY-MM-DD.`)
}

async function readJson(file: string, { stdin }: CommandIo): Promise<unknown> {
  const content =
    file === '-'
      ? await readAll(stdin)
      : await readFile(file, 'utf8').catch((error: Error) => {
          throw new Refused(`FILE: ${file} cannot be read: ${error.message}.`)
        })
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new Refused(`FILE: ${file} is no JSON: ${(error as Error).message}.`)
  }
}

function readGiven(pack: Pack, given: unknown) {
  try {
    return readHouseholdFacts(pack, checkShape(given))
  } catch (error) {
    if (error instanceof GivenProblem) throw new Refused(`${error.key}: ${error.message}`)
    throw error
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkShape(given: unknown): GivenHousehold {
  if (!isObject(given))
    throw new Refused('FILE: the household is an object with "household" and "members".')
  for (const key of Object.keys(given)) {
    if (key !== 'household' && key !== 'members')
      throw new Refused(`${key}: only "household" and "members" are known here.`)
  }
  const { household = {}, members } = given
  if (!isObject(household)) throw new Refused('household: an object of facts.')
  if (!Array.isArray(members) || members.length < 1 || members.length > 50) {
    throw new Refused('members: a list of 1 to 50 people.')
  }
  const ids = new Set<string>()
  const people = members.map((member: unknown, i) => {
    if (!isObject(member)) throw new Refused(`members[${i}]: an object with "id" and facts.`)
    const { id } = member
    if (typeof id !== 'string' || id === '')
      throw new Refused(`members[${i}].id: a text that is not empty.`)
    if (ids.has(id)) throw new Refused(`members[${i}].id: "${id}" is there twice.`)
    ids.add(id)
    return { ...member, id }
  })
  return { household, members: people }
}

/** What a condition of our own making rests on: the pack names no article for it. */
const noClause = { document: '条款待核', article: '条款待核' }

/** Values of money facts back in yuan, as they were given. */
function inYuan(pack: Pack, result: Result) {
  return {
    ...result,
    conditions: result.conditions.map(({ measure: _measure, ...condition }) => ({
      ...condition,
      clause: { ...noClause, ...condition.clause },
      reads: condition.reads.map((read) => ({
        ...read,
        value: yuanOf(factOf(pack, read.fact), read.value),
      })),
    })),
  }
}

function factOf(pack: Pack, id: string): Fact | undefined {
  return pack.facts.find((fact) => fact.id === id)
}

function yuanOf<T>(fact: Fact | undefined, value: T): T | number {
  return fact?.type === 'money' && typeof value === 'number' ? value / 100 : value
}
