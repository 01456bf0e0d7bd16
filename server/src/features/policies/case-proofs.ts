import type { Pack } from '@qiao/rules'
import { unshown } from './case-coverage.ts'
import { type Cases, casesFrom, type CasesOfProgramme, readCaseFiles } from './case-files.ts'
import { answerByDay, differences, type ExampleHouseholds } from './cases.ts'

/** What the cases of a pack folder prove: how many there are, and what they fail to show. */
export type CaseProofs = Readonly<{ cases: number; problems: readonly string[] }>

/**
 * Tries every sentence of `cases/` on the pack and asks whether each condition has been seen met,
 * unmet and unknown; null where the folder keeps no cases, as an exported pack does.
 */
export function caseProofs(pack: Pack, folder: string): CaseProofs | null {
  const files = readCaseFiles(folder)
  return Object.keys(files).length === 0 ? null : proofsFrom(pack, casesFrom(files))
}

/** The same for cases that have been read. */
export function proofsFrom(pack: Pack, { examples, programmes }: Cases): CaseProofs {
  answerByDay(
    pack,
    programmes.flatMap(({ cases }) => cases),
    examples,
  )
  const wrong = programmes.flatMap(({ programme, cases }) =>
    cases.flatMap((of) =>
      differences(pack, of, examples).map((text) => `cases/${programme}: “${of.case}”：${text}`),
    ),
  )
  const without = pack.programmes
    .filter(({ id, tiers }) => tiers.length > 0 && !programmes.some((one) => one.programme === id))
    .map(({ id }) => `cases/${id}: 这项政策没有例子`)
  const open = programmes.flatMap((one) => openSides(pack, one, examples))
  return {
    cases: programmes.reduce((sum, { cases }) => sum + cases.length, 0),
    problems: [...wrong, ...without, ...open],
  }
}

const sideWords: Readonly<Record<string, string>> = {
  met: '符合',
  unmet: '不符合',
  unknown: '待核实',
  tier: '得出这一档',
}

/** Sides that no case shows and no exception gives a reason for, and exceptions without need. */
function openSides(pack: Pack, one: CasesOfProgramme, examples: ExampleHouseholds): string[] {
  const excepted = one.uncovered
    .filter(({ side }) => side !== 'figure')
    .map(({ uncovered, side }) => `${uncovered} ${side}`)
  const sides = unshown(pack, one, examples)
  const name = (side: string): string => {
    const [condition = '', what = ''] = side.split(' ')
    return `“${condition}”${sideWords[what] ?? what}`
  }
  return [
    ...sides
      .filter((side) => !excepted.includes(side))
      .map((side) => `cases/${one.programme}: 没有例子见过${name(side)}`),
    ...excepted
      .filter((side) => !sides.includes(side))
      .map((side) => `cases/${one.programme}: 已有例子见过${name(side)}，uncovered 不必再写`),
  ]
}
