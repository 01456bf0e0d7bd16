import { makeCrew } from './features/eligibility/crew.ts'
import { eligibilityJobs, eligibilitySchedules } from './features/eligibility/jobs.ts'
import { makeMatching, type Matching } from './features/eligibility/matching.ts'
import { eligibilityRoutes } from './features/eligibility/routes.ts'
import { advisorPublicRoutes } from './features/advisors/public-routes.ts'
import { dutyRoutes } from './features/advisors/duty-routes.ts'
import { unfitForLeads } from './features/advisors/queries.ts'
import { advisorRoutes } from './features/advisors/routes.ts'
import { stationRoutes } from './features/advisors/station-routes.ts'
import { advisorWriteRoutes } from './features/advisors/write-routes.ts'
import { examRoutes } from './features/advisors/exam-routes.ts'
import { trainingRoutes } from './features/advisors/training-routes.ts'
import { alertJobs, alertSchedules } from './features/alerts/jobs.ts'
import { withLimits } from './features/alerts/pattern.ts'
import { alertRoutes } from './features/alerts/routes.ts'
import { instrumentRoutes } from './features/assessments/instrument-routes.ts'
import { assessmentRoutes } from './features/assessments/routes.ts'
import { scaleRoutes } from './features/assessments/scale-routes.ts'
import { summaryRoute } from './features/assessments/summary.ts'
import { weightRoutes } from './features/assessments/weight-routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { makeSealer } from './features/audit/sealer.ts'
import { areaRoutes } from './features/areas/routes.ts'
import { noteNearLines } from './features/borderline/note.ts'
import { borderlineExport } from './features/borderline/export-list.ts'
import { borderlineRoutes } from './features/borderline/routes.ts'
import { caseRoutes } from './features/cases/routes.ts'
import { changeRequestRoutes } from './features/change-requests/routes.ts'
import { keepCorrectionClocks } from './features/corrections/clocks.ts'
import { consentRoutes } from './features/consents/routes.ts'
import { correctionFileRoutes } from './features/corrections/file-routes.ts'
import { correctionRoutes } from './features/corrections/routes.ts'
import { sourceCorrectionRoutes } from './features/corrections/source-routes.ts'
import { makeChecker } from './features/drafts/checker.ts'
import { draftJobs, draftSchedules } from './features/drafts/jobs.ts'
import { draftRoutes } from './features/drafts/routes.ts'
import { deliveryRoutes } from './features/exchange/delivery-routes.ts'
import { authorities } from './features/drops/authorities.ts'
import { dropPointRoutes } from './features/drops/drop-point-routes.ts'
import { dropJobs, dropSchedules } from './features/drops/jobs.ts'
import { pushKeyRoutes } from './features/drops/push-key-routes.ts'
import { pushRoutes } from './features/drops/push-routes.ts'
import { duplicateJobs, duplicateSchedules } from './features/duplicates/jobs.ts'
import { duplicateRoutes } from './features/duplicates/routes.ts'
import { clockJobs, clockSchedules } from './features/duties/jobs.ts'
import { clockRoutes } from './features/duties/clock-routes.ts'
import { clockSettingRoutes } from './features/duties/setting-routes.ts'
import { exchangeJobs, exchangeSchedules, resumeDeliveries } from './features/exchange/jobs.ts'
import { deliveredRowsExport } from './features/exchange/export-list.ts'
import { exchangeRoutes } from './features/exchange/routes.ts'
import { exportRoutes } from './features/exports/routes.ts'
import { feedbackExport } from './features/feedback/export-list.ts'
import { feedbackRoutes } from './features/feedback/routes.ts'
import { householdRoutes } from './features/households/routes.ts'
import { type Lab, makeLab } from './features/lab/lab.ts'
import { labRoutes } from './features/lab/routes.ts'
import { householdsWithLead, leadOf, leadsOf } from './features/leads/queries.ts'
import { leadRoutes } from './features/leads/routes.ts'
import { settleLeads } from './features/leads/settle.ts'
import { keepVisitClocks } from './features/services/clocks.ts'
import { keepAllDue, visitJobs, visitSchedules } from './features/services/jobs.ts'
import { followingRoutes } from './features/services/following-routes.ts'
import { serviceRoutes } from './features/services/routes.ts'
import { visitRuleRoutes } from './features/services/rule-routes.ts'
import { todayRoutes } from './features/services/today-routes.ts'
import { packFiles, packInForce as packInForceOn } from './features/policies/load.ts'
import { memberRoutes } from './features/members/routes.ts'
import { noticeRoutes } from './features/notices/routes.ts'
import { policyRoutes } from './features/policies/routes.ts'
import { questionsExport } from './features/questions/export-list.ts'
import { makeFinders } from './features/questions/finder.ts'
import { questionJobs, questionSchedules } from './features/questions/jobs.ts'
import { questionRoutes } from './features/questions/routes.ts'
import { makeSearch, type Search } from './features/questions/search.ts'
import { reliefRoutes } from './features/reliefs/routes.ts'
import { resumeErasures, retentionJobs, retentionSchedules } from './features/retention/jobs.ts'
import { retentionRoutes } from './features/retention/routes.ts'
import { restrictionRoutes } from './features/restrictions/routes.ts'
import { sharingAfterRoutes } from './features/sharing/after-routes.ts'
import { sharingRoutes } from './features/sharing/routes.ts'
import { sharingWriteRoutes } from './features/sharing/write-routes.ts'
import { demoRoutes } from './features/staff/demo-routes.ts'
import { staffRoutes } from './features/staff/routes.ts'
import { openJobSession } from './features/staff/sign-in.ts'
import { access } from './features/staff/access.ts'
import { keepWarningClocks } from './features/warnings/clocks.ts'
import { warningJobs, warningSchedules } from './features/warnings/jobs.ts'
import { warningRoutes } from './features/warnings/routes.ts'
import { watchHouseholds } from './features/warnings/watch.ts'
import { signalRoutes } from './features/warnings/signal-routes.ts'
import { warningWriteRoutes } from './features/warnings/write-routes.ts'
import { workdayRoutes } from './features/workdays/routes.ts'
import type { Installation } from './installation.ts'
import type { LogLevel } from './platform/config.ts'
import type { Tx } from './platform/db/database.ts'
import type { App } from './platform/http/app.ts'
import { serveConsole } from './platform/http/console-files.ts'
import { makeHttp } from './platform/http/make-http.ts'
import { describeApi } from './platform/http/openapi.ts'
import { platformProblems } from './platform/http/platform-problems.ts'
import { problem } from './platform/http/problem.ts'
import { type JobHandlers, type RunningJobs, startJobs } from './platform/jobs.ts'
import { retentionRules } from './retention-rules.ts'
import { version } from './version.ts'

/** Everything that runs: put together here and nowhere else. */
export type Qiao = Readonly<{
  http: App
  matching: Matching
  /** What is worth asking. */
  questions: Search
  /** Works out what contacts and visits are due of every household. */
  keepVisits: () => Promise<void>
  /** Asks the rules of warnings of everybody. */
  watchWarnings: () => Promise<unknown>
  /** Ends requests, then jobs; the database is the installation's to close. */
  close: () => Promise<void>
}>

export type AppOptions = Readonly<{
  log: LogLevel | 'silent'
  /** Folder of the built console; none for tests of the API. */
  console?: string
  checkAnswers?: boolean
}>

/** Matching with the borderline list and the leads settled after it: what commands and the server share. */
export function matchingOf(
  { app: db, signin, clock, config }: Installation,
  onError: (error: Error) => void = () => {},
): Matching {
  return makeMatching({
    db,
    clock,
    packInForce: packInForceOn,
    workers: config.workers,
    onError,
    programToken: programTokens(() => openJobSession(signin, 'match')),
    afterRun: async (tx, run) => {
      await noteNearLines(tx, run)
      return settleLeads(tx, {
        today: run.today,
        run: { id: run.id },
        pack: run.pack,
        ...(run.households ? { householdIds: run.households } : {}),
      })
    },
  })
}

/** Hands for the runs of others: each call works off what shards there are, and says how many that were. */
export function workerOf(
  { app: db, signin, config }: Installation,
  onError: (error: Error) => void,
): Readonly<{ work: () => Promise<number>; close: () => Promise<void> }> {
  const url = db.pool.options.connectionString ?? ''
  const crew = makeCrew({ url, size: config.workers, onError })
  const token = programTokens(() => openJobSession(signin, 'match'))
  return { work: async () => crew.work(await token()), close: crew.close }
}

/** @throws Error when a route says neither who may use it nor that it is public */
export async function makeQiao(installation: Installation, options: AppOptions): Promise<Qiao> {
  const { app: db, signin, clock, cipher, config } = installation
  const packInForce = (tx: Tx) => packInForceOn(tx, clock.today())
  const http = await makeHttp({
    db,
    access,
    log: options.log,
    requestsPerAccount: config.requestsPerAccount,
    checkAnswers: options.checkAnswers ?? false,
  })
  const onError = (error: unknown) => http.log.error(error)
  const matching = matchingOf(installation, onError)
  const programToken = programTokens(() => openJobSession(signin, 'questions'))
  const finders = makeFinders({ db, programToken })
  const withLead = householdsWithLead
  const search = makeSearch({ db, clock, packInForce, programToken, finders, withLead })
  const duplicatesToken = programTokens(() => openJobSession(signin, 'duplicates'))
  const retentionToken = programTokens(() => openJobSession(signin, 'retention'))
  const watch = {
    db,
    patterns: withLimits(config.alertLimits),
    programToken: programTokens(() => openJobSession(signin, 'watch')),
  }
  const clocks = {
    db,
    clock,
    programToken: programTokens(() => openJobSession(signin, 'clocks')),
    keepers: [keepVisitClocks, keepCorrectionClocks, keepWarningClocks],
  }
  const warningWatch = {
    db,
    clock,
    packInForce,
    programToken: programTokens(() => openJobSession(signin, 'warnings')),
  }
  const visits = { db, clock, programToken: programTokens(() => openJobSession(signin, 'visits')) }
  const retention = { db, clock, programToken: retentionToken }
  const exchangeToken = programTokens(() => openJobSession(signin, 'exchange'))
  const exchange = { db, clock, cipher, packInForce, programToken: exchangeToken }
  const jobs: RunningJobs = await startJobs(
    db,
    oneAfterAnother(
      eligibilityJobs(matching, onError),
      warningJobs(warningWatch),
      questionJobs(search),
      draftJobs(matching, clock),
      visitJobs(visits),
      exchangeJobs(exchange, () => jobs),
      dropJobs(
        { ...exchange, allowed: config.dropHosts, ca: authorities(config.dropCa) },
        () => jobs,
      ),
      duplicateJobs({ db, cipher, programToken: duplicatesToken }),
      retentionJobs(retention, () => jobs),
      alertJobs(watch),
      clockJobs(clocks),
    ),
    [
      ...eligibilitySchedules,
      ...warningSchedules,
      ...questionSchedules,
      ...draftSchedules,
      ...visitSchedules,
      ...exchangeSchedules,
      ...dropSchedules,
      ...duplicateSchedules,
      ...retentionSchedules,
      ...alertSchedules,
      ...clockSchedules,
    ],
    onError,
  )
  await resumeDeliveries(exchange, jobs)
  await resumeErasures(retention, jobs)
  const lab = makeLab({
    url: db.pool.options.connectionString ?? '',
    clock,
    packInForce,
    packFiles,
    asProgram: matching.asProgram,
    programToken: programTokens(() => openJobSession(signin, 'lab')),
    onError,
  })
  const checker = makeChecker()
  const sealToken = programTokens(() => openJobSession(signin, 'seal'))
  const sealer = makeSealer({ db, programToken: sealToken, onError })
  await describeApi(http, version)
  await http.register(
    async (api) => {
      const app = api as App
      areaRoutes(app)
      const unfit = (tx: Tx, staffIds: readonly string[]) =>
        unfitForLeads(tx, staffIds, clock.today())
      staffRoutes(app, { db, signin, cipher, clock, config, unfitForLeads: unfit })
      if (config.mode === 'demo') await demoRoutes(app, { clock })
      householdRoutes(app, { clock, cipher, jobs, pack: packInForce, leadOf, leadsOf })
      workdayRoutes(app, { clock })
      clockRoutes(app, { clock })
      clockSettingRoutes(app, { clock })
      restrictionRoutes(app, { cipher, reviewDays: config.reviewDays })
      noticeRoutes(app, { clock })
      consentRoutes(app, { clock, jobs })
      memberRoutes(app, { clock, jobs, pack: packInForce })
      policyRoutes(app, { clock, jobs })
      eligibilityRoutes(app, { clock, packInForce, matching, onError })
      questionRoutes(app, { clock, packInForce, matching, finders, search, onError })
      labRoutes(app, { lab, massLoss: config.massLoss })
      draftRoutes(app, { clock, jobs, lab, checker, massLoss: config.massLoss })
      feedbackRoutes(app, { packInForce })
      borderlineRoutes(app, { packInForce })
      stationRoutes(app, { clock })
      advisorRoutes(app, { clock, signin })
      advisorWriteRoutes(app, { clock, signin })
      dutyRoutes(app, { clock, signin })
      trainingRoutes(app, { clock, signin })
      examRoutes(app, { clock, signin })
      advisorPublicRoutes(app, { clock, signin })
      leadRoutes(app, { clock, packInForce })
      assessmentRoutes(app, { clock, cipher, packInForce })
      scaleRoutes(app, { clock, cipher })
      instrumentRoutes(app)
      weightRoutes(app, { clock })
      summaryRoute(app)
      reliefRoutes(app, { clock, packInForce })
      caseRoutes(app, { clock, cipher, packInForce })
      serviceRoutes(app, { clock, cipher, jobs, packInForce })
      followingRoutes(app, { clock, cipher, jobs, packInForce })
      visitRuleRoutes(app, { clock, jobs })
      todayRoutes(app, { clock, cipher })
      const warnings = {
        clock,
        cipher,
        jobs,
        restDays: config.warningRestDays,
        quietDays: config.quietDays,
      }
      warningRoutes(app, warnings)
      warningWriteRoutes(app, warnings)
      const review = { percent: config.warningPrecision, least: config.warningLeast }
      signalRoutes(app, { watch: warningWatch, jobs, review })
      exchangeRoutes(app, { clock, packInForce })
      deliveryRoutes(app, { clock, cipher, jobs, packInForce })
      pushKeyRoutes(app)
      dropPointRoutes(app, { clock, cipher, jobs, packInForce, allowed: config.dropHosts })
      await pushRoutes(app, { db, signin, clock, cipher, jobs, packInForce })
      sharingRoutes(app, { clock })
      sharingWriteRoutes(app, { clock })
      sharingAfterRoutes(app, { clock })
      duplicateRoutes(app, { clock, cipher, jobs, pack: packInForce })
      changeRequestRoutes(app, { clock, cipher, jobs, pack: packInForce })
      const corrections = { db, signin, cipher, clock, packInForce }
      correctionRoutes(app, corrections)
      correctionFileRoutes(app, corrections)
      await sourceCorrectionRoutes(app, corrections)
      retentionRoutes(app, { clock, jobs, rules: retentionRules })
      exportRoutes(app, {
        lists: [
          questionsExport({ packInForce }),
          borderlineExport({ packInForce }),
          feedbackExport({ packInForce }),
          deliveredRowsExport,
        ],
        rules: {
          limitRows: config.exportRows,
          dayRows: config.exportRowsDay,
          hours: config.exportHours,
        },
      })
      auditRoutes(app)
      alertRoutes(app)
    },
    { prefix: '/api' },
  )
  healthRoute(http, installation)
  if (options.console) await serveConsole(http, options.console)
  sealer.start()
  let closed: Promise<void> | undefined
  const end = async () => {
    await close(http, jobs, lab, search)
    await checker.close()
    await matching.close()
    // Last: what the others noted until now is sealed, too.
    await sealer.stop()
  }
  return {
    http,
    matching,
    questions: search,
    keepVisits: () => keepAllDue(visits),
    watchWarnings: () => watchHouseholds(warningWatch),
    close: () => (closed ??= end()),
  }
}

function healthRoute(http: App, { app: db }: Installation): void {
  http.get('/health', { schema: { hide: true }, config: { public: true } }, async () => {
    await db.pool.query('select 1').catch(() => {
      throw problem(platformProblems, 'unavailable')
    })
    return { status: 'ok', version }
  })
}

async function close(http: App, jobs: RunningJobs, lab: Lab, search: Search): Promise<void> {
  await http.close()
  await search.stop()
  await lab.close()
  await jobs.stop()
}

/** Handlers of the same job run in the order of the features: the later one finds what the earlier wrote. */
function oneAfterAnother(...features: readonly JobHandlers[]): JobHandlers {
  const all = new Map<string, (data: never) => Promise<void>>()
  for (const [name, handle] of features.flatMap(Object.entries<(data: never) => Promise<void>>)) {
    const before = all.get(name)
    all.set(name, async (data) => {
      await before?.(data)
      await handle(data)
    })
  }
  return Object.fromEntries(all)
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
