import { setTimeout as sleep } from 'node:timers/promises'
import { workerOf } from '../app.ts'
import { openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import { AskedWrongly } from '../platform/start-problem.ts'
import type { Command } from './command.ts'
import { listenForStop } from './stop-request.ts'

/** How often the list is looked at while it is empty. */
const pauseMs = 1000

export const workCommand: Command = {
  name: 'work',
  usage: ['qiao work'],
  about:
    'Takes shards of the matching runs that another process leads, on the same database, until it is stopped: one thread a core, or as QIAO_WORKERS says. As many machines as there are may do so.',
  run: async (args, io) => {
    if (args.length > 0) {
      io.stderr(`qiao work takes no arguments, not "${args.join(' ')}".\n`)
      return 2
    }
    const config = readConfig(io.env)
    if (config.workers === 0)
      throw new AskedWrongly('QIAO_WORKERS is 0: nobody would work.', 'Leave it out, or name more.')
    const installation = await openInstallation(config, (line) => io.stderr(`${line}\n`))
    const { work, close } = workerOf(installation, (error) => io.stderr(`${error.message}\n`))
    const stop = listenForStop(() => process.exit(130))
    let stopped = false
    void stop.asked.then(() => {
      stopped = true
    })
    io.stderr(`${config.workers} 个线程等待匹配任务，按 Ctrl-C 停止。\n`)
    try {
      while (!stopped) {
        const staged = await Promise.race([work(), stop.asked.then(() => 0)])
        if (staged > 0) io.stdout(`${JSON.stringify({ shards: staged })}\n`)
        await Promise.race([sleep(pauseMs), stop.asked])
      }
      return 0
    } finally {
      stop.release()
      await close()
      await installation.close()
    }
  },
}
