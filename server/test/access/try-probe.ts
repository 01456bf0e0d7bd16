import pg from 'pg'
import type { Probe } from './probing.ts'
import { tokenOf } from './two-townships.ts'

const { escapeLiteral } = pg

/** A probe that does not hold, and what came of it instead. */
export type Broken = Readonly<{ says: string; expected: Probe['expected']; found: number | string }>

export async function brokenOf(app: pg.ClientBase, probes: readonly Probe[]): Promise<Broken[]> {
  const broken: Broken[] = []
  for (const probe of probes) {
    const found = await tryProbe(app, probe)
    const { says, expected } = probe
    if (found !== expected) broken.push({ says, expected, found })
  }
  return broken
}

/** Whether somebody saw or wrote more than they may, and was not merely refused otherwise. */
export function isOpened({ expected, found }: Broken): boolean {
  if (typeof found !== 'number') return false
  return typeof expected === 'number' ? found > expected : found > 0
}

/** What comes of a probe as role app; nothing it does stays. */
export async function tryProbe(app: pg.ClientBase, probe: Probe): Promise<number | string> {
  const token = tokenOf(probe.actor)
  const shown = token === undefined ? '' : `set local app.token = ${escapeLiteral(token)};`
  try {
    // One message to the server: there are thousands of probes.
    const answers: unknown = await app.query(`begin; ${shown} ${probe.statement}; rollback`)
    return (answers as pg.QueryResult[]).at(-2)?.rowCount ?? 0
  } catch (error) {
    await app.query('rollback')
    return refusalOf(error as Error)
  }
}

function refusalOf({ message }: Error): string {
  if (message.includes('violates row-level security policy')) return 'policy'
  if (message.startsWith('permission denied for table')) return 'grant'
  if (/^[a-z ]+ (is|are) not for .* to /.test(message)) return 'function'
  if (message.startsWith('whoever asks does not confirm')) return 'by two'
  return message
}
