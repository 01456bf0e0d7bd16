import { Random } from '../../server/src/district/random.ts'
import { hiddenByte, hiddenNumber, type Population } from './population.ts'

/**
 * The population with a share of the cells of five columns unknown: income, medical, assets,
 * supporter, disability. The same cells for the same seed, on every machine.
 */
export function withHidden(population: Population, share: number, seed: number): Population {
  const random = new Random(seed, 2)
  const hide = <T extends Int8Array | Int32Array>(column: T, hidden: number): T => {
    const copy = column.slice() as T
    for (let i = 0; i < copy.length; i++) if (random.chance(share)) copy[i] = hidden
    return copy
  }
  return {
    ...population,
    income: hide(population.income, hiddenNumber),
    medical: hide(population.medical, hiddenNumber),
    assets: hide(population.assets, hiddenNumber),
    supporter: hide(population.supporter, hiddenByte),
    disability: hide(population.disability, hiddenByte),
  }
}
