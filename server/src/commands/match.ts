import { matchingOf } from '../app.ts'
import { verifyAnswers } from '../features/eligibility/verify.ts'
import { packInForce, publishShippedPack } from '../features/policies/load.ts'
import { openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import type { Command } from './command.ts'
import { noteCommand } from './note-command.ts'

export const matchCommand: Command = {
  name: 'match',
  usage: ['qiao match', 'qiao match --verify'],
  about:
    'Evaluates every household against every policy in force and settles the leads; --verify then asks PostgreSQL the same and names households of which it says something else.',
  run: async (args, io) => {
    const verify = args.length === 1 && args[0] === '--verify'
    if (args.length > 0 && !verify) {
      io.stderr(`qiao match takes --verify or nothing, not "${args.join(' ')}".\n`)
      return 2
    }
    const installation = await openInstallation(readConfig(io.env), (line) =>
      io.stderr(`${line}\n`),
    )
    const matching = matchingOf(installation, (error) => io.stderr(`${error.message}\n`))
    try {
      await publishShippedPack(installation.owner)
      await noteCommand(installation.owner, 'match', { verify })
      const run = await matching.run('by hand')
      io.stdout(`${JSON.stringify(run)}\n`)
      if (!verify) return 0
      const found = await matching.asProgram(async (tx) =>
        verifyAnswers(
          tx,
          await packInForce(tx, installation.clock.today()),
          installation.clock.today(),
        ),
      )
      io.stdout(`${JSON.stringify(found)}\n`)
      return found.disagreements === 0 ? 0 : 1
    } finally {
      await matching.close()
      await installation.close()
    }
  },
}
