import type { PackFiles, PackProblem } from '../policies/pack-files.ts'
import type { Effect, Picked, Standing } from './laboratory.ts'
import type { Cell } from './pick.ts'
import type { Part } from './read-population.ts'

/** Where and what a thread reads. */
export type Reading = Readonly<{
  url: string
  /** Of a session of the program, which sees the whole district. */
  token: string
  files: PackFiles
  on: string
  part: Part
  townships: readonly string[]
  /** Fen a head and month for the poverty gap. */
  line: number | null
}>

type Values = Readonly<Record<string, number>>

/** What the threads of the laboratory are asked, and what they answer. */
export type Ask =
  | Readonly<{ kind: 'read'; reading: Reading }>
  | Readonly<{ kind: 'open'; starts: readonly number[] }>
  | Readonly<{ kind: 'values'; values: Values }>
  | Readonly<{ kind: 'pack'; files: PackFiles; values: Values }>
  | Readonly<{ kind: 'check'; files: PackFiles }>
  | Readonly<{
      kind: 'pick'
      files: PackFiles | null
      values: Values
      cell: Cell
      /** At most so many households. */
      most: number
    }>

/** Incomes per head that are known: for the district's tenths. */
type ReadPart = Readonly<{ incomes: Float64Array }>

/** What is wrong with files of a pack, each with its place; nothing where they read. */
type Checked = Readonly<{ problems: readonly PackProblem[] }>

export type Reply = ReadPart | Standing | Effect | Picked | Checked

/** By what is asked, what comes back. */
export type ReplyTo<K extends Ask['kind']> = {
  read: ReadPart
  open: Standing
  values: Effect
  pack: Effect
  pick: Picked
  check: Checked
}[K]
