import { matchesGlob } from 'node:path'
import { dayFromText } from '@qiao/rules'
import type { RollAnnounced } from '../exchange/announce.ts'

/** A place from which files of a source are fetched. 取件点 */
export type DropPoint = Readonly<{
  id: string
  source: string
  kind: 'sftp' | 'https'
  host: string
  port: number
  /** SFTP: the folder. HTTPS: path and query of the file, in which {day} is the day of the look. */
  path: string
  /** SFTP: which names are fetched, with * and ?. */
  pattern: string | null
  userName: string | null
  /** SFTP: by which key its server is known, as `ssh-keygen -l` prints it. */
  serverKey: string | null
  /** SFTP: what lets us in, a line for the department's authorized_keys. */
  loginKey: string | null
  every: 'hourly' | 'daily'
  /** What its files are rolls of; null: they tell facts. */
  roll: RollAnnounced | null
  madeBy: string
  madeAt: string
  endedAt: string | null
  lookedAt: string | null
  /** Why the last look fetched nothing, in a sentence. */
  problem: string | null
}>

/** A file as it lies there. */
export type DropFile = Readonly<{ name: string; bytes: number; modifiedAt: Date }>

/** Minutes for which a file has to lie unchanged: it may still be written. 待核: our proposal. */
const restMinutes = 1
const minutesBetween = { hourly: 55, daily: 23 * 60 } as const

export function isDue({ every, lookedAt, endedAt }: DropPoint, now: Date): boolean {
  if (endedAt !== null) return false
  return lookedAt === null || now.getTime() - Date.parse(lookedAt) >= minutesBetween[every] * 60_000
}

/** Files to fetch now, the oldest first. */
export function wantedOf(
  { pattern }: Pick<DropPoint, 'pattern'>,
  files: readonly DropFile[],
  now: Date,
): readonly DropFile[] {
  return files
    .filter(({ name }) => pattern === null || matchesGlob(name, pattern))
    .filter(({ modifiedAt }) => now.getTime() - modifiedAt.getTime() >= restMinutes * 60_000)
    .toSorted((one, other) => one.modifiedAt.getTime() - other.modifiedAt.getTime())
}

/** The day a file speaks of: the one in its name, else that on which it was written; never later than today. */
export function dayOf({ name, modifiedAt }: DropFile, today: string): string {
  const [, year, month, day] = /(20\d\d)[-_.年]?(\d\d)[-_.月]?(\d\d)/.exec(name) ?? []
  const named = `${year}-${month}-${day}`
  const said =
    dayFromText(named) === null
      ? new Date(modifiedAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
      : named
  return said > today ? today : said
}

/**
 * Whether the operator lets us connect there: a steward names addresses, and may not make the server knock on any door
 * of the inner network (OWASP ASVS 12.6.1).
 *
 * @param allowed `host` or `host:port`, as QIAO_DROP_HOSTS lists them
 */
export function isAllowed(
  { host, port }: Pick<DropPoint, 'host' | 'port'>,
  allowed: readonly string[],
): boolean {
  return allowed.includes(host) || allowed.includes(`${host}:${port}`)
}
