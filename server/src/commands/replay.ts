import { parseArgs } from 'node:util'
import { matchingOf } from '../app.ts'
import {
  erasedOf,
  erasedOn,
  type Kept,
  type KeptKind,
  readKept,
  sampleKept,
} from '../features/eligibility/kept.ts'
import {
  canonical,
  Erased,
  makeReplayer,
  NotReplayable,
  type Replay,
  type Replayer,
} from '../features/eligibility/replay.ts'
import { publishedPack } from '../features/policies/load.ts'
import { openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import type { Tx } from '../platform/db/database.ts'
import { AskedWrongly } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'
import { noteCommand } from './note-command.ts'

/** What is to be replayed, once the database can be asked. */
type Wish = (tx: Tx) => Promise<readonly Named[]>

type Named = Readonly<{ kind: KeptKind; id: number }>

/** So many are read at a time. */
const readTogether = 500

export const replayCommand: Command = {
  name: 'replay',
  usage: [
    'qiao replay ANSWER_ID',
    'qiao replay --list LIST_ID',
    'qiao replay --household ID',
    'qiao replay --sample N',
  ],
  about: `Works stored answers out again from the facts, awards and rolls as they were on record when the answer was given,
by the policy pack of that time, and says whether the same comes of it to the byte. One line of JSON an answer: what
was stored, what was replayed, the hash of each, equal or not; the last line counts. ANSWER_ID is one of app.answer,
LIST_ID one of app.undecided (what could not be said); --household takes all of a household, closed ones too. What was
erased is counted apart. Exit code 1 where something differs.`,
  run: async (args, io) => {
    const wish = wishOf(args)
    const installation = await openInstallation(readConfig(io.env), (line) =>
      io.stderr(`${line}\n`),
    )
    try {
      await noteCommand(installation.owner, 'replay', { asked: args })
      return await matchingOf(installation).asProgram((tx) => replayAll(tx, wish, io))
    } finally {
      await installation.close()
    }
  },
}

function wishOf(args: readonly string[]): Wish {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { household: text, sample: text, list: text },
    allowPositionals: true,
  })
  const { household, sample, list } = values
  const [answer, ...more] = positionals
  const given = [answer, household, sample, list].filter((one) => one !== undefined)
  const [only] = given
  const number = /^[1-9]\d{0,14}$/.test(only ?? '') ? Number(only) : undefined
  if (given.length !== 1 || more.length > 0 || number === undefined)
    throw new AskedWrongly(
      'qiao replay takes one number: an answer, --list, --household or --sample.',
      'For example: qiao replay --sample 100',
    )
  if (sample !== undefined) return (tx) => sampleKept(tx, number)
  if (household !== undefined) return (tx) => everythingOf(tx, number)
  return async () => [{ kind: list === undefined ? 'answer' : 'undecided', id: number }]
}

async function everythingOf(tx: Tx, householdId: number) {
  const kinds = ['answer', 'undecided'] as const
  const kept = []
  for (const kind of kinds) {
    kept.push(...(await readKept(tx, kind, { householdId })))
    kept.push(...(await erasedOf(tx, kind, householdId)).map((id) => ({ kind, id })))
  }
  return kept
}

async function replayAll(tx: Tx, wish: Wish, io: CommandIo): Promise<number> {
  const replayer = makeReplayer({ publishedPack })
  const counts = { replayed: 0, equal: 0, different: 0, tooOld: 0, erased: 0 }
  for await (const [one, kept] of eachKept(tx, await wish(tx))) {
    const replay = await replayOne(tx, replayer, one, kept)
    if (replay instanceof Error) {
      counts[replay instanceof Erased ? 'erased' : 'tooOld'] += 1
      io.stderr(`${replay.message}\n`)
      continue
    }
    counts.replayed += 1
    counts[replay.equal ? 'equal' : 'different'] += 1
    io.stdout(`${canonical(lineOf(replay))}\n`)
  }
  io.stdout(`${JSON.stringify(counts)}\n`)
  return counts.different === 0 && counts.replayed + counts.erased > 0 ? 0 : 1
}

/** Each that was asked for, in that order, with what is stored of it. */
async function* eachKept(
  tx: Tx,
  asked: readonly Named[],
): AsyncGenerator<readonly [Named, Kept | undefined]> {
  for (let from = 0; from < asked.length; from += readTogether) {
    const some = asked.slice(from, from + readTogether)
    const idsOf = (kind: KeptKind) => some.flatMap((one) => (one.kind === kind ? one.id : []))
    const answers = await readKept(tx, 'answer', { ids: idsOf('answer') })
    const lists = await readKept(tx, 'undecided', { ids: idsOf('undecided') })
    const found = new Map([...answers, ...lists].map((kept) => [`${kept.kind} ${kept.id}`, kept]))
    for (const one of some) yield [one, found.get(`${one.kind} ${one.id}`)]
  }
}

async function replayOne(
  tx: Tx,
  replayer: Replayer,
  { kind, id }: Named,
  kept: Kept | undefined,
): Promise<Replay | NotReplayable | Erased> {
  if (!kept) {
    const day = await erasedOn(tx, { kind, id })
    return day
      ? new Erased(`Stored ${kind} ${id} was erased on ${day}.`)
      : new NotReplayable(`There is no stored ${kind} ${id}.`)
  }
  return replayer.replay(tx, kept).catch((error: unknown) => {
    if (error instanceof NotReplayable || error instanceof Erased) return error
    throw error
  })
}

function lineOf({ kept, replayed, storedHash, replayedHash, equal, engine }: Replay) {
  const { kind, id, householdId, contentHash, said, knownAt, knownOn, pack, run } = kept
  return {
    kind,
    id,
    household: householdId,
    on: run.on,
    run: run.id,
    knownAt,
    knownOn,
    pack,
    engine: { stored: run.engine, now: engine },
    stored: { contentHash, said, hash: storedHash },
    replayed: { ...replayed, hash: replayedHash },
    equal,
  }
}
