import { parseArgs } from 'node:util'
import { AskedWrongly } from '../platform/start-problem.ts'
import { fullSize } from './figures.ts'
import { fewestResidents } from './generate.ts'
import { type LoadParts, loadDistrict } from './load.ts'
import type { DistrictWish } from './plan.ts'
import { writeDistrict } from './write-csv.ts'

/** What `qiao district` needs from the program around it. */
export type DistrictCommandParts = Readonly<{
  /** 'YYYY-MM-DD' on which the district is as generated. */
  today: string
  print: (line: string) => void
  /** Opens the database as the settings say, migrated and with its areas, and closes it again. */
  withDatabase: <T>(work: (parts: LoadParts) => Promise<T>) => Promise<T>
}>

export const districtUsage = `qiao district generate --residents N --seed S --out FOLDER   writes CSV files, needs no database
qiao district load --residents N --seed S                     loads into an empty demonstration database`

/**
 * `qiao district generate|load`: makes the invented district as CSV files or in the database.
 *
 * @param args what follows `district` on the command line
 * @throws AskedWrongly for arguments that make no sense and for a database that is not empty
 */
export async function districtCommand(
  args: readonly string[],
  parts: DistrictCommandParts,
): Promise<void> {
  const [verb, ...rest] = args
  const { wish, out } = readArguments(rest, parts.today)
  const started = performance.now()
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
  const onProgress = (done: { residents: number; households: number }) => {
    parts.print(
      `${done.residents} of ${wish.residents} residents, ${done.households} households, ${seconds()} s`,
    )
  }
  if (verb === 'generate') {
    if (!out)
      throw new AskedWrongly(
        '--out is missing.',
        `Name a folder for the CSV files.\n${districtUsage}`,
      )
    const made = await writeDistrict(wish, out, thinned(onProgress))
    parts.print(
      `Wrote ${made.households} invented households, ${made.residents} residents, to ${out} in ${seconds()} s.`,
    )
  } else if (verb === 'load') {
    const made = await parts.withDatabase((load) => loadDistrict(load, wish, thinned(onProgress)))
    parts.print(
      `Loaded ${made.households} invented households, ${made.persons} residents, in ${seconds()} s.`,
    )
  } else
    throw new AskedWrongly(`qiao district does not know ${verb ?? 'what to do'}.`, districtUsage)
}

function readArguments(
  args: string[],
  today: string,
): { wish: DistrictWish; out: string | undefined } {
  const values = parsed(args)
  const residents = wholeNumber('--residents', values.residents ?? '20000')
  if (residents < fewestResidents || residents > fullSize) {
    throw new AskedWrongly(
      `--residents ${residents} is outside ${fewestResidents}–${fullSize}.`,
      `Name a number in that range; ${fullSize} is the whole of Qingpu in 2020.`,
    )
  }
  return {
    wish: { residents, seed: wholeNumber('--seed', values.seed ?? '1'), today },
    out: values.out,
  }
}

function parsed(args: string[]) {
  const options = {
    residents: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
  } as const
  try {
    return parseArgs({ args, options }).values
  } catch (cause) {
    throw new AskedWrongly(cause instanceof Error ? cause.message : String(cause), districtUsage, {
      cause,
    })
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new AskedWrongly(`${name} ${text} is no whole number.`, districtUsage)
  return Number(text)
}

/** At most one progress line a second, and always the last one of a step. */
function thinned<T>(report: (value: T) => void): (value: T) => void {
  let last = performance.now()
  return (value) => {
    if (performance.now() - last < 1000) return
    last = performance.now()
    report(value)
  }
}
