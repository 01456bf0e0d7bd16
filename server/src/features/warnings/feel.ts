import {
  type ColumnProgram,
  compileColumns,
  dayProgram,
  dayView,
  type Fact,
  type Pack,
  readPack,
} from '@qiao/rules'
import { sensitivityOf } from '../households/household.ts'

/** A rule in FEEL for persons or for households, by its name. */
export type FeelRule = Readonly<{ name: string; entity: 'person' | 'household'; feel: string }>

/** A fact that a rule reads: of the one it is about, or of every member. */
export type Read = Readonly<{ fact: Fact; ofMembers: boolean }>

/** Rules that hold together, ready to be asked of whole districts; targets are in the order of the rules. */
export type Ready = Readonly<{
  pack: Pack
  columns: ColumnProgram
  reads: readonly (readonly Read[])[]
}>

/** What is wrong with one, in words of whoever reads packs. */
export type Wrong = Readonly<{ name: string; message: string; offset: number | null }>

/**
 * Reads rules as the conditions of a pack of their own: typed, lowered and compiled like those of policies, so that an unknown
 * fact makes a rule unknown and never false.
 *
 * @param on the day for which they are asked, 'YYYY-MM-DD'
 */
export function makeReady(
  rules: readonly FeelRule[],
  facts: readonly Fact[],
  on: string,
): Ready | Readonly<{ wrong: readonly Wrong[] }> {
  const pack = readPack({
    pack: { id: 'warnings', version: '1', categories: [{ id: 'warnings', name: '预警' }] },
    facts: { facts },
    programmes: rules.map(({ name, entity, feel }, place) => ({
      file: String(place),
      data: {
        id: `rule-${place}`,
        name,
        category: 'warnings',
        computes: 'eligibility',
        tiers: [
          {
            id: 'rule',
            target: entity,
            conditions: [{ id: 'rule', text: name, expr: feel, clause, whenNull: 'unmet' }],
            amount: { kind: 'none' },
          },
        ],
      },
    })),
  })
  if ('problems' in pack)
    return {
      wrong: pack.problems.map(({ file, message, offset }) => ({
        name: rules[Number(file)]?.name ?? '',
        message,
        offset: offset ?? null,
      })),
    }
  const view = dayView(dayProgram(pack, on, {}))
  return {
    pack,
    columns: compileColumns(pack, on),
    reads: pack.program.targets.map(({ index }) => readsOf(pack, view(index).reads)),
  }
}

/** Every condition bears one; where a rule comes from is told with its signal. */
const clause = { document: '预警规则' } as const

type Reads = readonly Readonly<{ facts: readonly Readonly<{ fact: number; of: string }>[] }>[]

function readsOf({ facts }: Pack, reads: Reads): readonly Read[] {
  const found = new Map<string, Read>()
  for (const { fact, of } of reads.flatMap((one) => one.facts)) {
    const read = facts[fact]
    const source = read?.derive ? facts.find(({ id }) => id === read.derive?.ageOf) : read
    if (source) found.set(`${source.id} ${of}`, { fact: source, ofMembers: of === 'members' })
  }
  return [...found.values()]
}

/** The class of the most sensitive fact among these. */
export function sensitivityOfReads(reads: readonly Read[]): 'plain' | 'need-signal' | 'clinical' {
  const classes = reads.map(({ fact }) => sensitivityOf(fact))
  if (classes.includes('clinical')) return 'clinical'
  return classes.includes('need-signal') ? 'need-signal' : 'plain'
}
