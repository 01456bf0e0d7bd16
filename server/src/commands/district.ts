import { districtCommand as runDistrict, districtUsage } from '../district/command.ts'
import { openInstallation } from '../installation.ts'
import { demoToday, readConfig } from '../platform/config.ts'
import type { Command } from './command.ts'
import { noteCommand } from './note-command.ts'

export const districtCommand: Command = {
  name: 'district',
  usage: districtUsage.split('\n'),
  about: 'Makes an invented district of any size, deterministic by seed.',
  run: async (args, io) => {
    const config = readConfig(io.env)
    const say = (line: string) => io.stderr(`${line}\n`)
    await runDistrict(args, {
      today: config.today ?? demoToday,
      print: say,
      withDatabase: async (work) => {
        const installation = await openInstallation(config, say)
        try {
          await noteCommand(installation.owner, 'district')
          return await work({ owner: installation.owner, seal: installation.cipher.seal })
        } finally {
          await installation.close()
        }
      },
    })
    return 0
  },
}
