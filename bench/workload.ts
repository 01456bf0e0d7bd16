import { type Finding, race } from './measure.ts'
import { batchOf } from './workload/batch.ts'
import { withHidden } from './workload/hidden.ts'
import { emptyKept } from './workload/kept.ts'
import { runLimit } from './workload/limit.ts'
import { emptyOutputs } from './workload/outputs.ts'
import { runPlain } from './workload/plain.ts'
import { populationOf } from './workload/population.ts'
import {
  emptyQiaoKept,
  judgeAllInto,
  judgeInto,
  openQiao,
  type Qiao,
  truthOf,
} from './workload/qiao.ts'
import { openThreads, sharedPopulation } from './workload/threads.ts'
import { runThreeValued } from './workload/three-valued.ts'
import { differences, type Totals, totalsOf } from './workload/totals.ts'
import { soundnessOf } from './workload/unsound.ts'

const seed = 1
const few = { persons: 100_000, rounds: 21, warmUps: 5 }
const many = { persons: 1_270_000, rounds: 9, warmUps: 3 }
const hiddenShares = [0.01, 0.05, 0.2]

/** How fast are ten policies over a whole population, beside loops written for them by hand? */
export async function benchWorkload(): Promise<Finding[]> {
  const qiao = await openQiao()
  const small = await oneThread(qiao, few)
  const large = await oneThread(qiao, many)
  const growth = large.perPerson / small.perPerson
  return [
    ...small.findings,
    ...large.findings,
    {
      question: `time per person at ${named(many.persons)} against ${named(few.persons)}`,
      value: `${growth.toFixed(2)} ×`,
      limit: '≤ 1.5 ×',
      holds: growth <= 1.5,
    },
    ...(await twoThreads()),
    ...soundness(qiao),
  ]
}

type Size = typeof few

async function oneThread(
  qiao: Qiao,
  { persons, ...rounds }: Size,
): Promise<{ findings: Finding[]; perPerson: number }> {
  const population = populationOf(persons, seed)
  const hidden = withHidden(population, 0.05, seed)
  const [limits, plains] = [emptyOutputs(population), emptyOutputs(population)]
  const [kept, answers, allKept] = [
    emptyKept(population),
    emptyOutputs(population),
    emptyQiaoKept(qiao, population),
  ]
  const [batch, hiddenBatch] = [batchOf(population), batchOf(hidden)]
  const ran = await race(
    [
      { name: 'limit', run: () => runLimit(population, limits) },
      { name: 'limit anew', run: () => runLimit(population, emptyOutputs(population)) },
      { name: 'columns', run: () => judgeInto(qiao, batch, answers) },
      { name: 'columns hidden', run: () => judgeAllInto(qiao, hiddenBatch, allKept) },
      { name: 'plain', run: () => runPlain(population, plains) },
      { name: 'three-valued', run: () => runThreeValued(population, kept) },
      { name: 'three-valued hidden', run: () => runThreeValued(hidden, kept) },
    ],
    rounds,
  )
  const expected = totalsOf(limits)
  mustAgree('plain loop', expected, totalsOf(plains))
  mustAgree('columns', expected, totalsOf(answers))
  const line = (name: string, question: string, least?: number): Finding => {
    const speed = ran.speed(name, 'limit')
    const rate = persons / ran.ms(name) / 1000
    return {
      question: `${named(persons)} persons: ${question}`,
      value: `${ran.ms(name).toFixed(1)} ms, ${rate.toFixed(1)} M persons/s, ${speed.toFixed(2)} × the limit`,
      limit: least === undefined ? '' : `≥ ${least} × the limit`,
      holds: least === undefined || speed >= least,
    }
  }
  return {
    perPerson: ran.ms('columns') / persons,
    findings: [
      line('limit', 'the limit, a fused loop by hand'),
      line('limit anew', 'the limit, into arrays made anew'),
      line('plain', 'a plain loop by hand, one pass a policy'),
      line('columns', 'columns, complete facts, verdicts and amounts', 0.6),
      line('columns hidden', 'columns, every condition kept, 5 % of five columns unknown', 0.35),
      line('three-valued', 'three-valued loop by hand, every condition kept'),
      line('three-valued hidden', 'the same, 5 % of five columns unknown'),
    ],
  }
}

async function twoThreads(): Promise<Finding[]> {
  const population = sharedPopulation(populationOf(many.persons, seed))
  const open = (engine: 'limit' | 'qiao', count: number) => openThreads(engine, population, count)
  const threads = [
    await open('limit', 1),
    await open('limit', 2),
    await open('qiao', 1),
    await open('qiao', 2),
  ]
  const names = ['limit 1', 'limit 2', 'columns 1', 'columns 2']
  const ran = await race(
    threads.map(({ run }, i) => ({ name: names[i] ?? '', run })),
    many,
  )
  const alone = emptyOutputs(population)
  runLimit(population, alone)
  mustAgree('the limit on two threads', totalsOf(alone), totalsOf(threads[1]!.outputs))
  mustAgree('columns on two threads', totalsOf(alone), totalsOf(threads[3]!.outputs))
  for (const { close } of threads) await close()
  const limit = ran.speed('limit 2', 'limit 1')
  const columns = ran.speed('columns 2', 'columns 1')
  const question = (what: string) => `${named(many.persons)} persons, two threads: ${what}`
  return [
    {
      question: question('the limit'),
      value: `${ran.ms('limit 2').toFixed(1)} ms, ${limit.toFixed(2)} × one thread`,
      limit: '',
      holds: true,
    },
    {
      question: question('columns'),
      value: `${ran.ms('columns 2').toFixed(1)} ms, ${columns.toFixed(2)} × one thread, ${(columns / limit).toFixed(2)} of the limit's scaling`,
      limit: "≥ 0.85 of the limit's scaling",
      holds: columns >= 0.85 * limit,
    },
  ]
}

/** Are verdicts on hidden facts ever other than those on all facts, and how many are given? */
function soundness(qiao: Qiao): Finding[] {
  const population = populationOf(many.persons, seed)
  const truth = emptyOutputs(population)
  runLimit(population, truth)
  return hiddenShares.map((share) => {
    const found = emptyQiaoKept(qiao, population)
    judgeAllInto(qiao, batchOf(withHidden(population, share, seed)), found)
    const { rows, open, wrong } = soundnessOf(truthOf(found), truth.verdicts)
    const decided = 1 - open / rows
    const least = share === 0.05 ? 0.99 : 0
    return {
      question: `${named(many.persons)} persons, ${share * 100} % of five columns hidden`,
      value: `${wrong} of ${named(rows)} verdicts unsound, ${(decided * 100).toFixed(2)} % decided`,
      limit: least ? '0 unsound, ≥ 99 % decided' : '0 unsound',
      holds: wrong === 0 && decided >= least,
    }
  })
}

/** @throws Error when an engine gives other totals than the limit: then no time of it means anything */
function mustAgree(engine: string, expected: Totals, found: Totals): void {
  const columns = differences(expected, found)
  if (columns.length > 0)
    throw new Error(`${engine} gives other totals than the limit in: ${columns.join(', ')}`)
}

function named(count: number): string {
  return count.toLocaleString('en')
}
