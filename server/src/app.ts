import { eligibilityJobs, eligibilitySchedules } from './features/eligibility/jobs.ts'
import { makeMatching, type Matching } from './features/eligibility/matching.ts'
import { eligibilityRoutes } from './features/eligibility/routes.ts'
import { areaRoutes } from './features/areas/routes.ts'
import { householdRoutes } from './features/households/routes.ts'
import { leadOf, leadsOf } from './features/leads/queries.ts'
import { leadRoutes } from './features/leads/routes.ts'
import { settleLeads } from './features/leads/settle.ts'
import { packInForce } from './features/policies/load.ts'
import { policyRoutes } from './features/policies/routes.ts'
import { demoRoutes } from './features/staff/demo-routes.ts'
import { staffRoutes } from './features/staff/routes.ts'
import { openJobSession } from './features/staff/sign-in.ts'
import { mayOf } from './features/staff/staff.ts'
import type { Installation } from './installation.ts'
import type { LogLevel } from './platform/config.ts'
import type { App } from './platform/http/app.ts'
import { serveConsole } from './platform/http/console-files.ts'
import { makeHttp } from './platform/http/make-http.ts'
import { describeApi } from './platform/http/openapi.ts'
import { platformProblems } from './platform/http/platform-problems.ts'
import { problem } from './platform/http/problem.ts'
import { type RunningJobs, startJobs } from './platform/jobs.ts'
import { version } from './version.ts'

/** Everything that runs: put together here and nowhere else. */
export type Qiao = Readonly<{
  http: App
  matching: Matching
  /** Ends requests, then jobs; the database is the installation's to close. */
  close: () => Promise<void>
}>

export type AppOptions = Readonly<{
  log: LogLevel | 'silent'
  /** Folder of the built console; none for tests of the API. */
  console?: string
  checkAnswers?: boolean
}>

/** Matching with leads settled after it: what commands and the server share. */
export function matchingOf({ app: db, signin, clock }: Installation): Matching {
  return makeMatching({
    db,
    clock,
    packInForce,
    programToken: programTokens(() => openJobSession(signin, 'match')),
    afterRun: (tx, run) =>
      settleLeads(tx, {
        today: run.today,
        run: { id: run.id },
        pack: run.pack,
        ...(run.households ? { householdIds: run.households } : {}),
      }),
  })
}

/** @throws Error when a route says neither who may use it nor that it is public */
export async function makeQiao(installation: Installation, options: AppOptions): Promise<Qiao> {
  const { app: db, signin, clock, cipher, config } = installation
  const matching = matchingOf(installation)
  const http = await makeHttp({
    db,
    mayOf,
    log: options.log,
    checkAnswers: options.checkAnswers ?? false,
  })
  const onError = (error: unknown) => http.log.error(error)
  const jobs = await startJobs(db, eligibilityJobs(matching), eligibilitySchedules, onError)
  await describeApi(http, version)
  await http.register(
    async (api) => {
      const app = api as App
      areaRoutes(app)
      staffRoutes(app, { db, signin, clock, mode: config.mode })
      if (config.mode === 'demo') await demoRoutes(app, { clock })
      householdRoutes(app, { clock, cipher, jobs, pack: packInForce, leadOf, leadsOf })
      policyRoutes(app, { clock, jobs })
      eligibilityRoutes(app, { clock, packInForce, matching, onError })
      leadRoutes(app, { clock, packInForce })
    },
    { prefix: '/api' },
  )
  healthRoute(http, installation)
  if (options.console) await serveConsole(http, options.console)
  let closed: Promise<void> | undefined
  return { http, matching, close: () => (closed ??= close(http, jobs)) }
}

function healthRoute(http: App, { app: db }: Installation): void {
  http.get('/health', { schema: { hide: true }, config: { public: true } }, async () => {
    await db.pool.query('select 1').catch(() => {
      throw problem(platformProblems, 'unavailable')
    })
    return { status: 'ok', version }
  })
}

async function close(http: App, jobs: RunningJobs): Promise<void> {
  await http.close()
  await jobs.stop()
}

/** Hands out one token of the program for half its life, then another. */
function programTokens(open: () => Promise<string>): () => Promise<string> {
  const half = 30 * 60_000
  let held: { token: Promise<string>; until: number } | undefined
  return () => {
    if (!held || Date.now() > held.until) {
      const token = open()
      held = { token, until: Date.now() + half }
      token.catch(() => {
        held = undefined
      })
    }
    return held.token
  }
}
