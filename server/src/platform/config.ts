import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { SettingName } from './settings.ts'
import { StartProblem } from './start-problem.ts'

export type Mode = 'demo' | 'production'
/** A provider of OpenID Connect, and this program as its client. */
export type SignOnConfig = Readonly<{
  issuer: string
  clientId: string
  clientSecret: string
  /** The claim that holds the name of an account; none: accounts are bound by invitation only. */
  claim: string | undefined
}>

/** Who must sign in with a second factor: those with the widest rights, everybody, nobody. */
export type SecondFactor = 'administrators' | 'all' | 'none'
export type CryptoSuite = 'guomi' | 'intl'
export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

export type Config = Readonly<{
  port: number
  host: string
  /** `undefined`: Qiao runs a PostgreSQL of its own in `data`. */
  databaseUrl: string | undefined
  data: string
  mode: Mode
  /** 'YYYY-MM-DD', or `undefined` for the real day. */
  today: string | undefined
  keyFile: string
  crypto: CryptoSuite
  secondFactor: SecondFactor
  /** The district's own sign-on, where there is one. */
  signOn: SignOnConfig | undefined
  residents: number
  /** Share of those entitled, 0 to 1, whose loss asks for a second approver. */
  massLoss: number
  /** Days in which an emergency look at a restricted household is reviewed. */
  reviewDays: number
  /** Rows of people up to which somebody takes a list along without another person. */
  exportRows: number
  exportRowsDay: number
  /** Hours for which a file may be fetched. */
  exportHours: number
  /** From how many on a pattern in the log is an alert, where it is not as shipped. */
  alertLimits: ReadonlyMap<string, number>
  /** Days in which nothing but red is raised of a topic after a warning of it was closed. */
  warningRestDays: number
  /** Below so many of a hundred a rule that was found out often enough is to be looked at. */
  warningPrecision: number
  /** So often a rule must have been found out before it is judged. */
  warningLeast: number
  /** Days without contact after which a household is quiet. */
  quietDays: number
  /** Requests a minute of one account. */
  requestsPerAccount: number
  /** Threads that match, 0: none of their own. */
  workers: number
  /** Hosts from which files may be fetched, `host` or `host:port`. */
  dropHosts: readonly string[]
  /** A file of certificates (PEM) that are trusted there beside those of the system. */
  dropCa: string | undefined
  log: LogLevel
}>

/** The last month for which every standard of the pack is known. */
export const demoToday = '2025-06-01'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings.
 *
 * @throws StartProblem naming the first setting that makes no sense
 */
export function readConfig(env: Environment): Config {
  const get = (name: SettingName): string | undefined => env[name]?.trim() || undefined
  const databaseUrl = get('DATABASE_URL')
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/./.test(databaseUrl)) {
    throw new StartProblem(
      'DATABASE_URL is no address of a PostgreSQL server.',
      'It looks like postgres://user:password@host:5432/qiao; leave it out for an own PostgreSQL.',
    )
  }
  const mode = oneOf('QIAO_MODE', get('QIAO_MODE') ?? (databaseUrl ? 'production' : 'demo'), [
    'demo',
    'production',
  ])
  const data = resolve(get('QIAO_DATA') ?? '.data')
  const today = get('QIAO_TODAY') ?? (mode === 'demo' ? demoToday : undefined)
  if (today !== undefined) refuseNoDay(today)
  return {
    port: wholeNumber('PORT', get('PORT') ?? '3000', 0, 65_535),
    host: get('HOST') ?? '127.0.0.1',
    databaseUrl,
    data,
    mode,
    today,
    keyFile: resolve(get('QIAO_KEY_FILE') ?? join(data, 'keys.json')),
    crypto: oneOf('QIAO_CRYPTO', get('QIAO_CRYPTO') ?? 'guomi', ['guomi', 'intl']),
    secondFactor: oneOf(
      'QIAO_SECOND_FACTOR',
      get('QIAO_SECOND_FACTOR') ?? (mode === 'demo' ? 'none' : 'administrators'),
      ['administrators', 'all', 'none'],
    ),
    signOn: signOnConfig(get),
    residents: wholeNumber('QIAO_RESIDENTS', get('QIAO_RESIDENTS') ?? '20000', 1000, 1_271_424),
    workers: wholeNumber(
      'QIAO_WORKERS',
      get('QIAO_WORKERS') ?? String(availableParallelism()),
      0,
      256,
    ),
    reviewDays: wholeNumber('QIAO_REVIEW_DAYS', get('QIAO_REVIEW_DAYS') ?? '3', 1, 30),
    exportRows: wholeNumber('QIAO_EXPORT_ROWS', get('QIAO_EXPORT_ROWS') ?? '200', 0, 100_000),
    exportRowsDay: wholeNumber(
      'QIAO_EXPORT_ROWS_DAY',
      get('QIAO_EXPORT_ROWS_DAY') ?? '1000',
      0,
      1_000_000,
    ),
    exportHours: wholeNumber('QIAO_EXPORT_HOURS', get('QIAO_EXPORT_HOURS') ?? '72', 1, 720),
    alertLimits: alertLimits(get('QIAO_ALERTS') ?? ''),
    warningRestDays: wholeNumber(
      'QIAO_WARNING_REST_DAYS',
      get('QIAO_WARNING_REST_DAYS') ?? '30',
      0,
      730,
    ),
    warningPrecision: wholeNumber(
      'QIAO_WARNING_PRECISION',
      get('QIAO_WARNING_PRECISION') ?? '6',
      0,
      100,
    ),
    warningLeast: wholeNumber('QIAO_WARNING_LEAST', get('QIAO_WARNING_LEAST') ?? '20', 1, 100_000),
    quietDays: wholeNumber('QIAO_QUIET_DAYS', get('QIAO_QUIET_DAYS') ?? '90', 1, 3650),
    requestsPerAccount: wholeNumber('QIAO_REQUESTS', get('QIAO_REQUESTS') ?? '600', 60, 1_000_000),
    massLoss: wholeNumber('QIAO_MASS_LOSS', get('QIAO_MASS_LOSS') ?? '1', 0, 100) / 100,
    dropHosts: hosts(get('QIAO_DROP_HOSTS') ?? ''),
    dropCa: get('QIAO_DROP_CA'),
    log: oneOf('QIAO_LOG', get('QIAO_LOG') ?? 'warn', ['error', 'warn', 'info', 'debug']),
  }
}

function signOnConfig(get: (name: SettingName) => string | undefined): SignOnConfig | undefined {
  const issuer = get('QIAO_OIDC_ISSUER')
  if (issuer === undefined) return undefined
  const address = URL.canParse(issuer) ? new URL(issuer) : undefined
  const isNear = address?.hostname === '127.0.0.1' || address?.hostname === 'localhost'
  if (address?.protocol !== 'https:' && !(isNear && address?.protocol === 'http:')) {
    throw new StartProblem(
      `QIAO_OIDC_ISSUER is "${issuer}", which is no https address.`,
      'Give the issuer of the sign-on as its operator names it, for example https://sso.example.gov.cn.',
    )
  }
  const [clientId, clientSecret] = [get('QIAO_OIDC_CLIENT_ID'), get('QIAO_OIDC_CLIENT_SECRET')]
  if (!clientId || !clientSecret) {
    throw new StartProblem(
      'QIAO_OIDC_ISSUER is given without QIAO_OIDC_CLIENT_ID and QIAO_OIDC_CLIENT_SECRET.',
      'Give both, as the operator of the sign-on issued them, or leave out QIAO_OIDC_ISSUER.',
    )
  }
  return { issuer, clientId, clientSecret, claim: get('QIAO_OIDC_CLAIM') }
}

function hosts(text: string): readonly string[] {
  const named = text.split(/[,\s]+/).filter((host) => host !== '')
  const wrong = named.find((host) => !/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/.test(host))
  if (wrong === undefined) return named
  throw new StartProblem(
    `QIAO_DROP_HOSTS names "${wrong}", which is no host.`,
    'Give hosts in lower case, with a port or without, and commas between: sftp.example.gov.cn, 10.1.2.3:2222.',
  )
}

function alertLimits(text: string): ReadonlyMap<string, number> {
  const given = text.split(/[,\s]+/).filter((one) => one !== '')
  return new Map(
    given.map((one) => {
      const [name = '', least = ''] = one.split('=')
      return [name, wholeNumber('QIAO_ALERTS', least, 1, 100_000)]
    }),
  )
}

function wholeNumber(name: SettingName, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new StartProblem(
    `${name} is "${text}", which is no whole number from ${least} to ${most}.`,
    `Give another ${name} or leave it out.`,
  )
}

function oneOf<T extends string>(name: SettingName, text: string, known: readonly T[]): T {
  const found = known.find((value) => value === text)
  if (found !== undefined) return found
  throw new StartProblem(
    `${name} is "${text}", which Qiao does not know.`,
    `Use one of ${known.join(', ')}, or leave it out.`,
  )
}

function refuseNoDay(text: string): void {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return
  throw new StartProblem(
    `QIAO_TODAY is "${text}", which is no day.`,
    'Write it as YYYY-MM-DD, for example 2025-06-01.',
  )
}
