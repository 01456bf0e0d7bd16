/** Runs every generated function of the shipped pack, copied to so many programmes, once. */
import { type ColumnBatch, compileColumns, explain, readPack } from '../../rules/src/index.ts'
import { manyPolicies } from './many-policies.ts'
import { shippedSource } from './shipped-source.ts'

const pack = readPack(manyPolicies(await shippedSource(), Number(process.argv[2])))
if ('problems' in pack) throw new Error(JSON.stringify(pack.problems.slice(0, 3)))
const someone: ColumnBatch = {
  households: 1,
  persons: 2,
  offsets: Int32Array.of(0, 2),
  household: {},
  person: {},
}
compileColumns(pack, '2025-06-01').run(someone)
const columns = compileColumns(pack, '2025-06-01', { worthKnowing: 0 })
columns.run(someone)
columns.judge(someone, () => {})
columns.judgeAll(someone, () => {})
columns.fill(
  someone,
  pack.program.targets.map(({ entity }) => {
    const rows = entity === 'person' ? someone.persons : someone.households
    return { verdict: new Uint8Array(rows), lo: new Int32Array(rows), hi: new Int32Array(rows) }
  }),
)
explain(pack, { household: {}, members: [{ id: '1', facts: {} }] }, '2025-06-01')
