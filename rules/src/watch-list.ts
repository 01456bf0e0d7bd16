import { dayFromText, textFromDay } from './days.ts'
import type { Pack, Parameter } from './pack.ts'

/**
 * A figure somebody must look at: by which day, and why.
 *
 * `adjusted` its yearly day of adjustment comes; `ended` the days its document gave it are over;
 * `standing` it has no end, and 24 months have gone since anybody confirmed it; `missing` it was
 * never found.
 */
export type Watched = Readonly<{
  parameter: Parameter
  by: string
  because: 'adjusted' | 'ended' | 'standing' | 'missing'
  /** Who publishes it, and is asked. */
  departments: readonly string[]
}>

/** Every figure of a pack to which more will come, in the order in which it falls due. 复核清单 */
export function watchList(pack: Pack): Watched[] {
  return pack.programmes
    .flatMap(({ parameters, departments = [] }) =>
      parameters
        .filter(({ closed }) => closed === undefined)
        .map((parameter) => ({ parameter, departments, ...dueOf(parameter) })),
    )
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
}

function dueOf(parameter: Parameter): Pick<Watched, 'by' | 'because'> {
  const { rows, pending, adjusts, reviewBy } = parameter
  const last = rows.at(-1)
  if (!last) return { by: pending[0]?.from ?? '', because: 'missing' }
  if (last.knownUntil !== null) {
    const by = textFromDay((dayFromText(last.knownUntil) ?? 0) + 1)
    return { by, because: last.to === undefined && adjusts !== undefined ? 'adjusted' : 'ended' }
  }
  return { by: reviewBy ?? '', because: 'standing' }
}
