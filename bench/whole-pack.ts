import { type ColumnBatch, compileColumns, type Pack } from '../rules/src/index.ts'
import { type Finding, race, timed } from './measure.ts'

/** How long do verdicts and amounts of the whole pack take over a district that is in memory? */
export async function benchWholePack(
  pack: Pack,
  batch: ColumnBatch,
  on: string,
): Promise<Finding[]> {
  const named = `${batch.persons.toLocaleString('en')} residents, ${pack.programmes.length} programmes`
  let entries = 0
  const program = compileColumns(pack, on)
  const judge = (): void => {
    entries = 0
    program.judge(batch, ({ count }) => {
      entries += count
    })
  }
  const first = await timed(judge)
  const ran = await race([{ name: 'columns', run: judge }], { rounds: 9, warmUps: 5 })
  const ms = ran.ms('columns')
  const limit = 800 * (batch.persons / 1_271_424)
  return [
    {
      question: `${named}: verdicts and amounts, one thread`,
      value: `${ms.toFixed(0)} ms, ${entries.toLocaleString('en')} eligible or open; ${first.toFixed(0)} ms the first time, loops made on the way`,
      limit: `≤ ${limit.toFixed(0)} ms (0.8 s for 1,271,424)`,
      holds: ms <= limit,
    },
  ]
}
