import { spawn } from 'node:child_process'
import type { ClusterUser } from './cluster-user.ts'

export type ProgramResult = Readonly<{ code: number; output: string }>

/**
 * Runs a program to its end as `user` and returns its exit code and what it said.
 *
 * Waits for the program itself, not for its output to close: `pg_ctl start` leaves a server
 * behind that inherits it.
 */
export function run(
  program: string,
  args: readonly string[],
  { user, cwd }: { user: ClusterUser; cwd: string },
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    })
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr.on('data', (text: Buffer) => (output += text.toString()))
    child.once('error', (error) => resolve({ code: -1, output: error.message }))
    child.once('exit', (code) => {
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code: code ?? -1, output })
    })
  })
}
