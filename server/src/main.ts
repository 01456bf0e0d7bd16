import { ownIo, runCli } from './cli.ts'

// The door for `node server/src/main.ts`: the same as `qiao start`.
process.exitCode = await runCli(['start'], ownIo())
