import { runProcess } from './cli.ts'

// The door for `node server/src/main.ts`: the same as `qiao start`.
await runProcess(['start'])
