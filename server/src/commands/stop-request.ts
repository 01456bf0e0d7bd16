/** How long after the first wish to stop another one counts: npm passes Ctrl-C on a second time. */
const echo = 1000

/** The wish of whoever runs the program that it ends. */
export type StopRequest = Readonly<{
  /** Resolves at Ctrl-C, SIGTERM, or when the npm that started the program is gone. */
  asked: Promise<void>
  /** Stops listening. */
  release: () => void
}>

/** @param insisted what to do when somebody asks again, a second or more later */
export function listenForStop(insisted: () => void): StopRequest {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  let first: number | undefined
  const ask = () => {
    if (first === undefined) {
      first = performance.now()
      resolve()
    } else if (performance.now() - first > echo) insisted()
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, ask)
  const watch = watchNpm(() => {
    if (first === undefined) ask()
  })
  const release = () => {
    for (const signal of signals) process.off(signal, ask)
    clearInterval(watch)
  }
  return { asked, release }
}

/**
 * `npm start` and `npx` put a shell between themselves and the program, and some shells do not pass
 * SIGTERM on: the program would run on without anybody to stop it.
 */
function watchNpm(gone: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) gone()
  }, 250).unref()
}
