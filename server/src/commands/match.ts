import { matchingOf } from '../app.ts'
import { publishShippedPack } from '../features/policies/load.ts'
import { openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import type { Command } from './command.ts'

export const matchCommand: Command = {
  name: 'match',
  usage: ['qiao match'],
  about: 'Evaluates every household against every policy in force and settles the leads.',
  run: async (args, io) => {
    if (args.length > 0) {
      io.stderr(`qiao match takes no arguments, not "${args.join(' ')}".\n`)
      return 2
    }
    const installation = await openInstallation(readConfig(io.env), (line) =>
      io.stderr(`${line}\n`),
    )
    try {
      await publishShippedPack(installation.owner)
      const run = await matchingOf(installation).run('by hand')
      io.stdout(`${JSON.stringify(run)}\n`)
      return 0
    } finally {
      await installation.close()
    }
  },
}
