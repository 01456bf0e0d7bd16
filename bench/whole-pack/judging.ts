import { type ColumnBatch, compileColumns, type Pack } from '../../rules/src/index.ts'

/** How many are eligible or open, and milliseconds of the processor that it took to say so. */
export type Judged = Readonly<{ entries: number; processor: number }>

/** Verdicts and amounts of everyone in a batch. */
export function judgingOf(pack: Pack, on: string): (batch: ColumnBatch) => Judged {
  const program = compileColumns(pack, on)
  return (batch) => {
    const before = process.threadCpuUsage()
    let entries = 0
    program.judge(batch, ({ count }) => {
      entries += count
    })
    const { user, system } = process.threadCpuUsage(before)
    return { entries, processor: (user + system) / 1000 }
  }
}
