import { withInstallation } from './installation.ts'
import { type Finding, race } from './measure.ts'
import { duckdb } from './peers/duckdb.ts'
import { feelin } from './peers/feelin.ts'
import { jsonLogic } from './peers/json-logic.ts'
import { jsonRules } from './peers/json-rules.ts'
import { installPeers, PeerAbsent } from './peers/packages.ts'
import type { Peer, PeerRun } from './peers/peer.ts'
import { postgres } from './peers/postgres.ts'
import { publicodes } from './peers/publicodes.ts'
import { zen } from './peers/zen.ts'
import { batchOf } from './workload/batch.ts'
import { runLimit } from './workload/limit.ts'
import { emptyOutputs, type Outputs } from './workload/outputs.ts'
import { type Population, populationOf } from './workload/population.ts'
import { judgeInto, openQiao } from './workload/qiao.ts'
import { differences, totalsOf } from './workload/totals.ts'

const seed = 1
const persons = 1_270_000
const rounds = { rounds: 5, warmUps: 1 }

/** How fast are other engines over the same ten policies? Each round runs all of them in turn. */
export async function benchPeers(): Promise<Finding[]> {
  installPeers()
  return withInstallation({}, async (installation) => {
    const peers = [
      duckdb,
      jsonLogic,
      postgres(installation.owner.pool),
      zen,
      jsonRules,
      publicodes,
      feelin,
    ]
    const population = populationOf(persons, seed)
    const outputs = emptyOutputs(population)
    const qiao = await openQiao()
    const [batch, answers] = [batchOf(population), emptyOutputs(population)]
    const open: Opened[] = []
    const absent: Finding[] = []
    for (const peer of peers) {
      const found = await opened(peer, population)
      if (found instanceof PeerAbsent)
        absent.push({ question: peer.name, value: found.message, limit: '', holds: true })
      else open.push(found)
    }
    const ran = await race(
      [
        { name: 'limit', run: () => runLimit(population, outputs) },
        { name: 'columns', run: () => judgeInto(qiao, batch, answers) },
        ...open.map(({ peer, run }) => ({ name: peer.name, run: run.run })),
      ],
      rounds,
    )
    const line = (name: string, count: number): Finding => {
      const rate = count / ran.ms(name)
      const slower = persons / ran.ms('limit') / rate
      return {
        question: `${name}, ${count.toLocaleString('en')} persons`,
        value: `${ran.ms(name).toFixed(ran.ms(name) < 100 ? 1 : 0)} ms, ${perSecond(rate)} persons/s, ${times(slower)} slower than the limit`,
        limit: '',
        holds: true,
      }
    }
    for (const { peer, run, expected } of open) {
      const columns = differences(totalsOf(expected), await run.totals())
      await run.close?.()
      if (columns.length > 0)
        throw new Error(`${peer.name} gives other totals than the limit in: ${columns.join(', ')}`)
    }
    return [
      line('limit', persons),
      line('columns', persons),
      ...open.map(({ peer }) => line(peer.name, peer.persons)),
      ...absent,
    ]
  })
}

type Opened = Readonly<{ peer: Peer; run: PeerRun; expected: Outputs }>

async function opened(peer: Peer, whole: Population): Promise<Opened | PeerAbsent> {
  const population = peer.persons === whole.persons ? whole : populationOf(peer.persons, seed)
  const expected = emptyOutputs(population)
  runLimit(population, expected)
  try {
    return { peer, run: await peer.prepare(population), expected }
  } catch (error) {
    if (error instanceof PeerAbsent) return error
    throw error
  }
}

/** @param rate persons a millisecond */
function perSecond(rate: number): string {
  return rate >= 1000
    ? `${(rate / 1000).toFixed(1)} M`
    : Math.round(rate * 1000).toLocaleString('en')
}

function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en')} ×`
}
