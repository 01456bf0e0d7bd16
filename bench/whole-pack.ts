import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serialize } from 'node:v8'
import { type ColumnBatch, type Pack, readPack } from '../rules/src/index.ts'
import { type Finding, race } from './measure.ts'
import type { Alone, Given } from './whole-pack/alone.ts'
import { judgingOf } from './whole-pack/judging.ts'
import { manyPolicies } from './whole-pack/many-policies.ts'
import { shippedSource } from './whole-pack/shipped-source.ts'

const run = promisify(execFile)
const residents = 1_271_424
const script = fileURLToPath(new URL('./whole-pack/alone.ts', import.meta.url))

/**
 * How long do verdicts and amounts of the whole pack take over the whole district, in memory? The
 * households of the batch stand in it again and again, so that nobody waits for a million to be made.
 */
export async function benchWholePack(
  pack: Pack,
  batch: ColumnBatch,
  on: string,
): Promise<Finding[]> {
  const found = await judgedAlone({ pack, batch }, on)
  const { entries, first, one, oneProcessor, oneMemory, two, twoProcessor, twoMemory } = found
  const named = `${found.persons.toLocaleString('en')} residents, ${pack.programmes.length} programmes`
  const line = (question: string, value: string, limit: string, holds: boolean): Finding => ({
    question: `${named}: ${question}`,
    value,
    limit,
    holds,
  })
  const ms = (time: number, processor: number): string =>
    `${time.toFixed(0)} ms, ${processor.toFixed(0)} ms of the processor`
  return [
    line(
      'verdicts and amounts, one thread',
      `${ms(one, oneProcessor)}; ${entries.toLocaleString('en')} eligible or open; ${first.toFixed(0)} ms the first time, loops made on the way`,
      '≤ 800 ms',
      one <= 800,
    ),
    line('two threads', `${ms(two, twoProcessor)} of the busier`, '≤ 500 ms', two <= 500),
    line(
      'greatest memory of the process, columns included',
      `${oneMemory.toFixed(0)} MB on one thread, ${twoMemory.toFixed(0)} MB on two`,
      '≤ 600 MB',
      oneMemory <= 600,
    ),
  ]
}

/** Does a policy cost more when there are many? */
export async function benchManyPolicies(batch: ColumnBatch, on: string): Promise<Finding[]> {
  const source = await shippedSource()
  const [few, many] = [source.programmes.length, 400]
  const judges = [few, many].map((count) => {
    const pack = readPack(manyPolicies(source, count))
    if ('problems' in pack)
      throw new Error(`${count} policies: ${JSON.stringify(pack.problems[0])}`)
    return judgingOf(pack, on)
  })
  const ran = await race(
    judges.map((judge, i) => ({ name: String(i), run: () => judge(batch) })),
    { rounds: 7, warmUps: 4 },
  )
  const dearer = ran.speed('0', '1') * (few / many)
  return [
    {
      question: `${batch.persons.toLocaleString('en')} residents: ${many} programmes against ${few}`,
      value: `${ran.ms('1').toFixed(0)} ms against ${ran.ms('0').toFixed(0)} ms, ${dearer.toFixed(2)} × a programme`,
      limit: '≤ 1.3 × a programme',
      holds: dearer <= 1.3,
    },
  ]
}

/** Asks a process of its own. */
async function judgedAlone(given: Given, on: string): Promise<Alone> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bench-'))
  try {
    const file = join(folder, 'given')
    await writeFile(file, serialize(given))
    const { stdout } = await run(process.execPath, [script, file, String(residents), on])
    return JSON.parse(stdout) as Alone
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
