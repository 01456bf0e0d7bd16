import { type ColumnBatch, compileColumns, type Pack } from '../rules/src/index.ts'
import type { Finding } from './measure.ts'

/**
 * How much more is decided because an unknown number lies within its declared range? Beside it the
 * same pack with ranges open at both ends, where an unknown number makes any comparison unknown.
 */
export function benchRanges(pack: Pack, batch: ColumnBatch, on: string): Finding[] {
  const facts = pack.program.facts.map((fact) =>
    fact.type === 'code' || fact.type === 'boolean'
      ? fact
      : { ...fact, range: { lo: -Infinity, hi: Infinity } },
  )
  const open: Pack = { ...pack, program: { ...pack.program, facts } }
  const rows = pack.program.targets.reduce(
    (sum, { entity }) => sum + (entity === 'person' ? batch.persons : batch.households),
    0,
  )
  const [ranges, plain] = [pack, open].map((one) => 1 - undecided(one, batch, on) / rows)
  const share = (part = 0): string => `${(part * 100).toFixed(2)} %`
  return [
    {
      question: `${batch.persons.toLocaleString('en')} residents: verdicts decided, unknown numbers within their ranges`,
      value: `${share(ranges)} of ${rows.toLocaleString('en')}, against ${share(plain)} with numbers of any size`,
      limit: 'more',
      holds: (ranges ?? 0) > (plain ?? 0),
    },
  ]
}

function undecided(pack: Pack, batch: ColumnBatch, on: string): number {
  let open = 0
  compileColumns(pack, on).judge(batch, ({ count, verdict }) => {
    for (let i = 0; i < count; i++) if (verdict[i] === 2) open++
  })
  return open
}
