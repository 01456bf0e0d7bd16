import { fileURLToPath } from 'node:url'
import {
  type ColumnBatch,
  type ColumnProgram,
  compileColumns,
  type Pack,
} from '../../rules/src/index.ts'
import { loadPackFolder } from '../../server/src/features/policies/pack-files.ts'
import { no, open, yes } from './truth.ts'
import { emptyKept } from './kept.ts'
import { byPolicy, type Outputs, policies, type PolicyId } from './outputs.ts'

const folder = fileURLToPath(new URL('./pack', import.meta.url))
const on = '2025-06-01'

/** The ten policies as Qiao runs them: read from FEEL, compiled for a day. */
export type Qiao = Readonly<{ pack: Pack; program: ColumnProgram }>

export async function openQiao(): Promise<Qiao> {
  const { pack } = await loadPackFolder(folder)
  return { pack, program: compileColumns(pack, on) }
}

/** Verdicts and amounts on complete facts, into arrays that are kept from run to run as the limit's are. */
export function judgeInto(
  { pack, program }: Qiao,
  batch: ColumnBatch,
  { verdicts, amounts }: Outputs,
): void {
  const into = policyOfTargets(pack).map((id) => ({
    verdict: verdicts[id],
    lo: (Reflect.get(amounts, id) as Int32Array | undefined) ?? none,
  }))
  program.fill(batch, into)
}

const none = new Int32Array(0)

/** Every verdict, the range of every amount and the outcome of every condition. */
export type QiaoKept = Readonly<{
  verdicts: Readonly<Record<PolicyId, Uint8Array>>
  least: Readonly<Record<PolicyId, Int32Array>>
  most: Readonly<Record<PolicyId, Int32Array>>
  /** Four bits a condition. */
  conditions: Readonly<Record<PolicyId, Uint8Array | Uint16Array | Uint32Array>>
}>

export function emptyQiaoKept(
  { pack }: Qiao,
  rows: Readonly<{ persons: number; households: number }>,
): QiaoKept {
  const { verdicts, least, most } = emptyKept(rows)
  const ids = policyOfTargets(pack)
  const conditions = byPolicy(policies, ({ id, entity }) => {
    const count = pack.program.targets[ids.indexOf(id)]?.conditions.length ?? 0
    const length = entity === 'person' ? rows.persons : rows.households
    if (count <= 2) return new Uint8Array(length)
    return count <= 4 ? new Uint16Array(length) : new Uint32Array(length)
  })
  return { verdicts, least, most, conditions }
}

/** The same on facts that may be unknown, with the outcome of every condition. */
export function judgeAllInto({ pack, program }: Qiao, batch: ColumnBatch, kept: QiaoKept): void {
  const into = policyOfTargets(pack).map((id) => ({
    verdict: kept.verdicts[id],
    lo: kept.least[id],
    hi: kept.most[id],
    words: kept.conditions[id],
  }))
  program.fill(batch, into)
}

/** Verdicts as the hand-written loops say them. */
export function truthOf({ verdicts }: QiaoKept): Record<PolicyId, Uint8Array> {
  const told = [no, yes, open]
  return byPolicy(policies, ({ id }) => verdicts[id].map((verdict) => told[verdict]!))
}

function policyOfTargets(pack: Pack): PolicyId[] {
  return pack.program.targets.map(({ programme }) => pack.programmes[programme]?.id as PolicyId)
}
