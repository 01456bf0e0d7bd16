import type { Pack } from '../rules/src/index.ts'
import { matchingOf } from '../server/src/app.ts'
import { type Laboratory, openLaboratory } from '../server/src/features/lab/laboratory.ts'
import { decileStarts, decilesOf } from '../server/src/features/lab/population.ts'
import { readPopulation } from '../server/src/features/lab/read-population.ts'
import { packInForce } from '../server/src/features/policies/load.ts'
import type { Installation } from '../server/src/installation.ts'
import { withDistrict } from './installation.ts'
import { type Finding, median } from './measure.ts'

/** Residents of the district, and the threads its laboratory is shared among on two cores. */
const [everybody, threads] = [1_271_424, 2]

/** Milliseconds from a slider's move to the sums, for the whole district, once warm. */
const limit = 300

/** By parameter, the first value tried and the step of the slider. */
const moves: Readonly<Record<string, readonly [number, number]>> = {
  dibao_standard: [1600, 5],
  edge_income_line: [3300, 5],
  old_age_65: [80, 1],
  nursing_level1: [310, 1],
}

/**
 * How long does one move of a slider take? Counted is the processor time of the one thread that
 * holds the whole district, so that a busy machine does not count; the households lie in as many
 * threads as there are cores.
 */
export async function benchLab(residents: number): Promise<Finding[]> {
  return withDistrict(residents, async (installation) => {
    const { laboratory, reached } = await opened(installation)
    return Object.entries(moves).map(([id, [first, step]]) => {
      const times = Array.from({ length: 20 }, (_, i) =>
        spent(() => laboratory.tryValues({ [id]: first + step * i })),
      )
      const warm = median(times.slice(8))
      const whole = (warm * everybody) / residents / threads
      return {
        question: `${residents.toLocaleString('en')} residents: one move of ${id}, which reaches ${reached(id)} benefits`,
        value: `${warm.toFixed(1)} ms of one core, ${(times[0] ?? 0).toFixed(0)} ms the first time; ${whole.toFixed(0)} ms for ${everybody.toLocaleString('en')} on ${threads} cores`,
        limit: `≤ ${limit} ms for ${everybody.toLocaleString('en')} on ${threads} cores`,
        holds: whole <= limit,
      }
    })
  })
}

async function opened(
  installation: Installation,
): Promise<{ laboratory: Laboratory; reached: (id: string) => number }> {
  const on = installation.clock.today()
  const pack: Pack = await matchingOf(installation).asProgram(packInForce)
  const { rows } = await installation.owner.pool.query<{ id: string }>(
    `select id from app.area where level = 'township' order by id`,
  )
  const townships = rows.map(({ id }) => id)
  const connection = await installation.owner.pool.connect()
  try {
    const part = { after: 0, upTo: Number.MAX_SAFE_INTEGER }
    const read = await readPopulation(connection, pack, { on, part, townships })
    const { population } = read
    const incomes = population.incomeOf.filter((income) => !Number.isNaN(income)).sort()
    const laboratory = openLaboratory({
      pack,
      on,
      ...read,
      decileOf: decilesOf(population.incomeOf, decileStarts(incomes)),
      townships: townships.length + 1,
      line: 159_500,
    })
    const reached = (id: string) => laboratory.tryValues({ [id]: 0 }).reached.length
    return { laboratory, reached }
  } finally {
    connection.release()
  }
}

/** Milliseconds of this thread's processor time. */
function spent(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
