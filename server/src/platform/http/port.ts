import { createServer } from 'node:net'
import { StartProblem } from '../start-problem.ts'

/**
 * Looks before a minute of work is done whether the port can be had at all.
 *
 * @throws StartProblem for a taken or forbidden port and an address this machine does not have
 */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)))
  })
  if (!error) return
  if (error.code === 'EADDRINUSE') {
    throw new StartProblem(
      `Port ${port} on ${host} is taken by another program.`,
      `Stop it, or start Qiao on another port: PORT=${port + 1} npm start`,
    )
  }
  if (error.code === 'EACCES') {
    throw new StartProblem(
      `This user may not listen on port ${port}.`,
      'Choose a PORT of 1024 or more.',
    )
  }
  throw new StartProblem(
    `Qiao cannot listen on ${host}:${port} (${error.code ?? error.message}).`,
    'Set HOST to an address of this machine, or leave it out for 127.0.0.1.',
  )
}
