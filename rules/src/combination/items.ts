import { dayView } from '../evaluate/day-view.ts'
import type { Target } from '../ir.ts'
import type { Pack } from '../pack.ts'
import type { AmountResult, Verdict } from '../results.ts'
import type { Supposing } from './supposing.ts'

/** One programme for one person or for the household: what may be part of a combination. */
export type Item = Readonly<{
  index: number
  target: Target
  row: number
  programme: string
  /** A person's id; absent for the household. */
  member?: string
  received: boolean
  /** Status facts that its confirmation makes true, and whose. */
  statuses: readonly Slot[]
  /** How its money would re-enter the means tests; null where it surely does not. */
  income: IncomeEffect | null
  /** Facts that its conditions and amounts read: {@link slotKey}. */
  reads: ReadonlySet<number>
}>

/** A fact of a member, or of the household (row 0). */
export type Slot = Readonly<{ fact: number; row: number }>

type IncomeEffect = Slot & Readonly<{ settled: boolean }>

const MOST_ROWS = 64

/** One number for a slot. */
export function slotKey({ fact, row }: Slot): number {
  return fact * MOST_ROWS + row
}

/** Verdict and amount of an item, in the world that was settled last. */
export type Standing = Readonly<{ verdict: Verdict; tier?: string; amount: AmountResult }>

type Household = Readonly<{
  members: readonly Readonly<{ id: string }>[]
  /** Whether it is known to be received already. */
  isReceived: (programme: string, member: string | undefined) => boolean
  /** Members nothing is said about. */
  leaveOut?: ReadonlySet<string> | undefined
}>

/** Every programme for everyone of the household, in the order of the pack. */
export function itemsOf(of: Supposing, { members, isReceived, leaveOut }: Household): Item[] {
  const { pack } = of
  const items: Item[] = []
  pack.programmes.forEach(({ id: programme }, at) => {
    for (const target of pack.program.targets.filter((t) => t.programme === at)) {
      const reads = factsRead(of, target)
      const rows = target.entity === 'person' ? members.length : 1
      for (let row = 0; row < rows; row++) {
        const member = target.entity === 'person' ? members[row]?.id : undefined
        if (member !== undefined && leaveOut?.has(member)) continue
        items.push({
          index: items.length,
          target,
          row,
          programme,
          ...(member === undefined ? {} : { member }),
          received: isReceived(programme, member),
          statuses: statusesOf(pack, target, row, members.length),
          income: incomeEffect(pack, target, row),
          reads: readsOf(pack, reads, target, row, members.length),
        })
      }
    }
  })
  return items
}

type Read = Readonly<{ fact: number; of: 'self' | 'household' | 'members' }>

function factsRead({ day }: Supposing, { index }: Target): readonly Read[] {
  const view = dayView(day)(index)
  const reads = [...view.reads, ...view.amountReads]
  return reads.flatMap((one) => one?.facts ?? [])
}

function readsOf(
  { program }: Pack,
  reads: readonly Read[],
  target: Target,
  row: number,
  members: number,
): ReadonlySet<number> {
  const slots = new Set<number>()
  for (const { fact, of } of reads) {
    if (program.facts[fact]?.entity === 'household') slots.add(slotKey({ fact, row: 0 }))
    else if (of === 'members' || target.entity === 'household')
      for (let m = 0; m < members; m++) slots.add(slotKey({ fact, row: m }))
    else slots.add(slotKey({ fact, row }))
  }
  return slots
}

/** A household has the status of its programme for all its members; a person's may be the household's. */
function statusesOf(
  { program, programmes }: Pack,
  target: Target,
  row: number,
  members: number,
): Slot[] {
  const programme = programmes[target.programme]?.id
  const own = program.facts.filter(({ statusOf }) => statusOf !== null && statusOf === programme)
  return own.flatMap(({ index: fact, entity }): Slot[] => {
    if (entity === 'household') return [{ fact, row: 0 }]
    if (target.entity === 'person') return [{ fact, row }]
    return Array.from({ length: members }, (_, m) => ({ fact, row: m }))
  })
}

/** Low confidence settles nothing; nor does silence. */
function incomeEffect(pack: Pack, target: Target, row: number): IncomeEffect | null {
  const { income, program, programmes } = pack
  const programme = programmes[target.programme]
  if (!income || target.tiers.every(({ amount }) => amount.kind === 'none')) return null
  const treatment = programme?.income
  const settled =
    treatment !== undefined && treatment.confidence !== 'low' && treatment.confidence !== 'recalled'
  if (settled && !treatment.counted) return null
  const into = treatment?.into ?? income.benefits
  const fact = program.facts.find(({ id }) => id === into)
  return fact ? { fact: fact.index, row, settled } : null
}
