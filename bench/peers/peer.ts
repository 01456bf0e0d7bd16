import type { Population } from '../workload/population.ts'
import type { Totals } from '../workload/totals.ts'

/** A peer over one population, loaded: every `run` evaluates all ten policies and keeps the answers. */
export type PeerRun = Readonly<{
  run: () => unknown
  /** Of the answers of the last run. */
  totals: () => Totals | Promise<Totals>
  close?: () => Promise<void>
}>

export type Peer = Readonly<{
  name: string
  /** Persons it runs over: as many as take about a second. */
  persons: number
  /** Loading is not timed; making the objects that an engine reads is. */
  prepare: (population: Population) => Promise<PeerRun>
}>
