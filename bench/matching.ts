import { compileColumns } from '../rules/src/index.ts'
import { matchingOf } from '../server/src/app.ts'
import { readShard } from '../server/src/features/eligibility/shard.ts'
import { packInForce } from '../server/src/features/policies/load.ts'
import type { Installation } from '../server/src/installation.ts'
import type { Alone } from './district/alone.ts'
import { measuredAlone } from './measured-alone.ts'
import { withDistrict } from './installation.ts'
import { type Finding, timed } from './measure.ts'
import { benchRanges } from './ranges.ts'
import { benchManyPolicies, benchWholePack } from './whole-pack.ts'

const on = '2025-06-01'

/**
 * How long does a district take from PostgreSQL to leads in PostgreSQL, the first time, when every
 * answer is written? Beside it the floors it stands on: reading the rows, and the columns alone.
 */
export async function benchMatching(residents: number, limitMs: number): Promise<Finding[]> {
  const { first, again, memory } = await measuredAlone<Alone>(residents, './district/alone.ts')
  return withDistrict(residents, async (installation) => {
    const { read, columns, more } = await floors(installation)
    const named = residents.toLocaleString('en')
    const finding = (question: string, value: string, limit = '', holds = true): Finding => ({
      question: `${named} residents: ${question}`,
      value,
      limit,
      holds,
    })
    return [
      finding(
        'first run, rows to leads',
        `${Math.round(first.ms)} ms`,
        `≤ ${limitMs} ms`,
        first.ms <= limitMs,
      ),
      finding(
        'second run, nothing changed',
        `${Math.round(again.ms)} ms, ${again.written} written`,
        '0 written',
        again.written === 0,
      ),
      finding(
        'floor: reading the wide rows',
        `${Math.round(read)} ms, ${(first.ms / read).toFixed(1)} × less`,
      ),
      finding(
        'floor: the columns alone',
        `${Math.round(columns)} ms, ${(first.ms / columns).toFixed(1)} × less`,
      ),
      finding(
        'greatest memory of the process',
        `${Math.round(memory)} MB`,
        '≤ 1000 MB',
        memory <= 1000,
      ),
      ...more,
    ]
  })
}

async function floors(installation: Installation) {
  const { asProgram } = matchingOf(installation)
  const pack = await asProgram(packInForce)
  const connection = await installation.owner.pool.connect()
  try {
    const everything = { after: 0, upTo: Number.MAX_SAFE_INTEGER }
    const read = await timed(() => readShard(connection, pack.facts, everything))
    const shard = await readShard(connection, pack.facts, everything)
    const program = compileColumns(pack, on)
    program.run(shard.batch)
    const columns = await timed(() => program.run(shard.batch))
    const more = [
      ...(await benchWholePack(pack, shard.batch, on)),
      ...(await benchManyPolicies(shard.batch, on)),
      ...benchRanges(pack, shard.batch, on),
    ]
    return { read, columns, more }
  } finally {
    connection.release()
  }
}
