import type { Program } from '../ir.ts'
import { type ColumnBatch, type FactColumn, knownNoneIn, unknownIn } from './batch.ts'

/** What a column of a fact can hold: loops that need not ask for more are shorter. */
type FactKnowledge = Readonly<{
  /** absent: unknown for everybody. */
  width: 'absent' | 'byte' | 'word' | 'double'
  /** Somebody's is unknown. */
  gaps: boolean
  /** Somebody is known to have none. */
  nones: boolean
}>

/** One entry per fact of the program. */
export type Knowledge = readonly FactKnowledge[]

const absent: FactKnowledge = { width: 'absent', gaps: true, nones: false }
const scanned = new WeakMap<FactColumn, FactKnowledge>()

/** What the columns of a batch can hold; each column is looked through once. */
export function knowledgeOf(program: Program, batch: ColumnBatch): Knowledge {
  return program.facts.map(({ id, entity }) => {
    const column = batch[entity][id]
    return column ? ofColumn(column) : absent
  })
}

/** The same for any content of columns of these widths: nothing need be looked through. */
export function widthsOf(program: Program, batch: ColumnBatch): Knowledge {
  return program.facts.map(({ id, entity }) => {
    const column = batch[entity][id]
    return column ? { width: widthOf(column), gaps: true, nones: true } : absent
  })
}

function ofColumn(column: FactColumn): FactKnowledge {
  const found = scanned.get(column)
  if (found) return found
  const [unknown, none] = [unknownIn(column), knownNoneIn(column)]
  const made = {
    width: widthOf(column),
    gaps: column.includes(unknown),
    nones: column.includes(none),
  }
  scanned.set(column, made)
  return made
}

function widthOf(column: FactColumn): FactKnowledge['width'] {
  return column instanceof Int8Array ? 'byte' : column instanceof Int32Array ? 'word' : 'double'
}

/** What holds of both: loops made for it serve either. Null where the widths differ. */
export function merged(a: Knowledge, b: Knowledge): Knowledge | null {
  if (a.some(({ width }, i) => width !== b[i]?.width)) return null
  return a.map(({ width, gaps, nones }, i) => ({
    width,
    gaps: gaps || (b[i]?.gaps ?? true),
    nones: nones || (b[i]?.nones ?? true),
  }))
}

/** Whether loops made for `wide` serve a batch of which `narrow` holds. */
export function covers(wide: Knowledge, narrow: Knowledge): boolean {
  return wide.every(({ width, gaps, nones }, i) => {
    const other = narrow[i]
    return (
      other !== undefined &&
      width === other.width &&
      (gaps || !other.gaps) &&
      (nones || !other.nones)
    )
  })
}
