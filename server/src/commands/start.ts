import { makeDemoAssessments } from '../features/assessments/demo.ts'
import { isMatchDue } from '../features/eligibility/queries.ts'
import { makeDemoVisits } from '../features/services/demo.ts'
import { demoAccounts, demoPassword } from '../features/staff/demo-accounts.ts'
import { openJobSession } from '../features/staff/sign-in.ts'
import { roleName } from '../features/staff/staff.ts'
import { packInForce, publishShippedPack } from '../features/policies/load.ts'
import { receiveShipped } from '../features/drafts/releases.ts'
import { makeDemoWarnings } from '../features/warnings/demo.ts'
import { isEmpty } from '../features/households/load.ts'
import { makeQiao, type Qiao } from '../app.ts'
import { buildConsole, consoleFolder } from '../build-console.ts'
import { makeDemoReliefs, startDemoClocks } from '../features/reliefs/demo.ts'
import { loadDistrict } from '../district/load.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { asActor, asOwner } from '../platform/db/actor.ts'
import { refuseTakenPort } from '../platform/http/port.ts'
import { StartProblem } from '../platform/start-problem.ts'
import type { Command, CommandIo } from './command.ts'
import { listenForStop } from './stop-request.ts'

export const startCommand: Command = {
  name: 'start',
  usage: ['qiao start'],
  about: 'Starts everything: database, matching, web console. Settings are in the environment.',
  run: async (args, io) => {
    if (args.length === 0) return start(io)
    io.stderr(
      `qiao start takes no arguments, not "${args.join(' ')}"; settings are in the environment.\n`,
    )
    return 2
  },
}

/** What has to be undone when it stops, last first, at whatever point that comes. */
type Undo = (() => Promise<void>)[]

async function start(io: CommandIo): Promise<number> {
  const config = readConfig(io.env)
  const undo: Undo = []
  const stopping = new AbortController()
  const stop = listenForStop(() => process.exit(130))
  const stopped = stop.asked.then(() => {
    io.stderr('正在停止 …\n')
    stopping.abort()
  })
  const say = (line: string) => io.stderr(`  ${line}\n`)
  io.stderr('桥 Qiao 正在启动 …\n')
  const running = bringUp(config, { undo, say, stopping: stopping.signal })
  try {
    const { address } = await running
    io.stdout(greeting(config, address))
    await stopped
  } catch (error) {
    if (!stopping.signal.aborted) throw error
  } finally {
    for (const step of undo.reverse()) await step().catch(() => {})
    stop.release()
  }
  io.stderr('已停止。\n')
  return 0
}

type BringUp = Readonly<{ undo: Undo; say: (line: string) => void; stopping: AbortSignal }>

/** Ends early, by throwing, when `stopping` is aborted. */
async function bringUp(
  config: Config,
  { undo, say, stopping }: BringUp,
): Promise<{ address: string }> {
  await refuseTakenPort(config.host, config.port)
  const building = buildConsole(stopping)
  building.catch(() => {})
  const installation = await openInstallation(config, say, 'server')
  undo.push(installation.close)
  stopping.throwIfAborted()
  await publishShippedPack(installation.owner)
  await receiveLater(installation, say)
  const cut = () => installation.close('hurried')
  await cutShort(stopping, cut, () => fillDemo(installation, say, stopping))
  if (await building) say('网页已构建')
  stopping.throwIfAborted()
  const qiao = await makeQiao(installation, { log: config.log, console: consoleFolder })
  undo.push(qiao.close)
  const cutAll = () => qiao.close().then(cut)
  await cutShort(stopping, cutAll, () => matchIfDue(installation, qiao, say))
  // in the background: nobody need wait for them
  qiao.keepVisits().catch(() => {})
  qiao.watchWarnings().catch(() => {})
  const { done } = await qiao.questions.startIfDue('start')
  done.catch(() => {})
  return { address: await listen(qiao, config) }
}

/**
 * A later release is not in force by itself, and whoever starts the program must know; one that
 * does not read leaves in force what is.
 */
async function receiveLater(
  { owner, clock }: Installation,
  say: (line: string) => void,
): Promise<void> {
  try {
    const awaiting = await receiveShipped(owner, clock.today())
    if (!awaiting) return
    const { version } = awaiting
    say(`政策包新版本 ${version} 已到，尚未采用；请在“政策草稿”里审核发布，此前仍按现行版本`)
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error
    say(`随程序到达的政策包读不通，仍按现行版本：${error.message}`)
  }
}

/**
 * Long work that a stop does not wait for: the database is taken from under it. What it began is
 * begun anew at the next start.
 */
async function cutShort(
  stopping: AbortSignal,
  cut: () => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  stopping.throwIfAborted()
  const onAbort = () => void cut().catch(() => {})
  stopping.addEventListener('abort', onAbort)
  try {
    await work()
  } finally {
    stopping.removeEventListener('abort', onAbort)
  }
  stopping.throwIfAborted()
}

async function fillDemo(
  installation: Installation,
  say: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  const { config, owner } = installation
  if (config.mode !== 'demo') return
  if (await asOwner(owner, isEmpty)) await loadInvented(installation, say, stopping)
  await makeDemoWork(installation)
}

/** What people did and said in a demonstration; whatever is there already stays as it is. */
async function makeDemoWork(installation: Installation): Promise<void> {
  const { app, signin, owner, cipher, clock } = installation
  const today = clock.today()
  await asOwner(owner, (_tx, connection) =>
    makeDemoVisits(connection, { seal: cipher.seal, today }),
  )
  const begun = await asOwner(owner, async (tx) =>
    makeDemoReliefs(tx, today, await packInForce(tx, today)),
  )
  await asActor(app, await openJobSession(signin, 'clocks'), (tx) => startDemoClocks(tx, begun))
  await makeDemoAssessments(owner, cipher, today)
  await makeDemoWarnings(installation)
}

async function loadInvented(
  { config, owner, cipher, clock }: Installation,
  say: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  const started = performance.now()
  // The first is said however soon it comes.
  let told = Number.NEGATIVE_INFINITY
  await loadDistrict(
    { owner, seal: cipher.seal },
    { residents: config.residents, seed: 1, today: clock.today() },
    ({ residents }) => {
      stopping.throwIfAborted()
      if (performance.now() - told < 2000) return
      told = performance.now()
      say(`正在生成演示人口：${residents} / ${config.residents}`)
    },
  )
  say(`演示人口已装载：${config.residents} 人，均为虚构（${seconds(started)} 秒）`)
}

async function matchIfDue(
  { clock }: Installation,
  { matching }: Qiao,
  say: (line: string) => void,
): Promise<void> {
  if (!(await isMatchDue(matching, (tx) => packInForce(tx, clock.today()), clock.today()))) return
  const run = await matching.run('start')
  if (run.households === 0) return
  say(
    `政策匹配：${run.households} 户 ${run.persons} 人，新线索 ${run.leadsRaised} 户（${(run.ms / 1000).toFixed(1)} 秒）`,
  )
}

async function listen({ http }: Qiao, { host, port }: Config): Promise<string> {
  try {
    const address = await http.listen({ host, port })
    return address.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost')
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw new StartProblem(
      `Qiao cannot listen on ${host}:${port} (${code || (cause as Error).message}).`,
      'Choose another PORT or HOST.',
      { cause },
    )
  }
}

function greeting(config: Config, address: string): string {
  const lines = ['', `  桥 Qiao  ${address}`, '']
  if (config.mode === 'demo') {
    lines.push(
      `  演示系统，日期停在 ${config.today}，人口均为虚构。账号（口令都是 ${demoPassword}）：`,
    )
    for (const { username, role } of demoAccounts)
      lines.push(`    ${username.padEnd(8)} ${roleName(role)}`)
  } else {
    lines.push('  首次使用请运行 npx qiao staff invite-first，为三员发出邀请。')
  }
  lines.push('', '  按 Ctrl-C 停止。', '', '')
  return lines.join('\n')
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1)
}
