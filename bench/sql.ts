import { compileSql } from '../rules/src/index.ts'
import { withInstallation } from './installation.ts'
import { type Finding, race } from './measure.ts'
import { openPostgres } from './peers/postgres.ts'
import { statements } from './peers/sql.ts'
import { withHidden } from './workload/hidden.ts'
import { policies } from './workload/outputs.ts'
import { populationOf } from './workload/population.ts'
import { openQiao } from './workload/qiao.ts'

const persons = 200_000
const on = '2025-06-01'

/** How does SQL written from the policies stand to SQL written by hand, both over unknown facts? */
export async function benchSql(): Promise<Finding[]> {
  const { pack } = await openQiao()
  const population = withHidden(populationOf(persons, 1), 0.05, 1)
  return withInstallation({}, async ({ owner }) => {
    const byHand = await openPostgres(owner.pool, population)
    const connection = await owner.pool.connect()
    const run = async (text: string) => void (await connection.query(text))
    await run(`set search_path = bench; set work_mem = '512MB'; set jit = off;
      set max_parallel_workers_per_gather = 0; set enable_nestloop = off; set enable_hashjoin = off`)
    const program = compileSql(pack, on, { ...tables, isStored: () => true })
    const hand = statements('unlogged table')
    const ran = await race(
      [
        { name: 'hand', run: () => byHand.run() },
        {
          name: 'written',
          run: async () => {
            await run('drop table if exists written_answer')
            await run(`create unlogged table written_answer as ${program.text}`)
          },
        },
      ],
      { rounds: 5, warmUps: 1 },
    )
    const counts = await byHand.verdicts()
    for (const { id } of policies) {
      const target = pack.program.targets.findIndex((t) => pack.programmes[t.programme]?.id === id)
      const { verdict } = program.targets[target] ?? { verdict: 'null' }
      const { rows } = await connection.query<Record<string, string>>(
        `select ${[1, 0, 2].map((v) => `count(*) filter (where ${verdict} = ${v}) as v${v}`).join(', ')} from written_answer`,
      )
      const found = Object.values(rows[0] ?? {}).map(Number)
      if (found.join() !== counts[id].map(Number).join())
        throw new Error(`SQL from the policies counts other verdicts than SQL by hand in: ${id}`)
    }
    connection.release(true)
    await byHand.close()
    const ratio = ran.speed('hand', 'written')
    return [
      {
        question: `${persons.toLocaleString('en')} persons, 5 % of five columns unknown: SQL from the policies, one process`,
        value: `${ran.ms('written').toFixed(0)} ms, ${ratio.toFixed(2)} × SQL by hand (${ran.ms('hand').toFixed(0)} ms, ${hand.length} statements)`,
        limit: '≤ 1.3 × SQL by hand',
        holds: ratio <= 1.3,
      },
    ]
  })
}

const as = (column: string, text = column): string => `${text} as f_${column}`
const bool = (column: string): string => as(column, `(${column} = 1)`)

/** The tables of the bench, in the form of the wide rows. */
const tables = {
  household: `(select h as household_id, ${as('assets')}, ${as('floor_area')}, ${bool('car')} from household) household`,
  person: `(select i as person_id, h as household_id, ${['age', 'disability', 'income', 'pension', 'employment', 'student', 'medical', 'education'].map((name) => as(name)).join(', ')}, ${bool('local')}, ${bool('supporter')} from person) person`,
}
