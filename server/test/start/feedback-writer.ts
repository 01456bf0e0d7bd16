import { setTimeout as wait } from 'node:timers/promises'
import { demoPassword } from '../../src/features/staff/demo-accounts.ts'
import { csrfToken } from '../../src/platform/http/caller.ts'

/** Somebody who gives feedback on policies through the interface, one after another. */
export type Writer = Readonly<{
  /** What was acknowledged so far: the text that is in the database once, and the id it got. */
  acknowledged: ReadonlyMap<string, number>
  /** Writes one more, as often as it takes until it is acknowledged. */
  write: () => Promise<void>
  /** Sends an acknowledged one again, with its key, and returns the id of the answer. */
  repeat: (text: string) => Promise<number | undefined>
  /** How many requests went unanswered, or were answered by a fault. */
  failures: () => number
}>

/**
 * Signs in as an advisor of the demonstration.
 *
 * @param name tells what this one writes from what others write
 * @param address of the program, asked before each request: it may be another by then
 */
export async function signInWriter(
  name: string,
  address: () => string | undefined,
): Promise<Writer> {
  const answer = await fetch(`${address()}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'guwen', password: demoPassword }),
  })
  const token = /qiao_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
  if (!token) throw new Error(`signing in was answered with ${answer.status}`)
  const acknowledged = new Map<string, number>()
  let [written, failures] = [0, 0]
  const send = async (text: string): Promise<number | undefined> => {
    const sent = await fetch(`${address()}/api/feedback`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: `qiao_session=${token}`,
        'x-qiao-csrf': csrfToken(token),
        'idempotency-key': text,
      },
      body: JSON.stringify({ programme: 'dibao', works: true, because: text, households: [] }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined)
    const body = (await sent?.json().catch(() => undefined)) as { id: number } | undefined
    if (sent?.status === 200 && body) return body.id
    if (sent && sent.status < 500)
      throw new Error(`refused with ${sent.status}: ${JSON.stringify(body)}`)
    failures += 1
    return undefined
  }
  return {
    acknowledged,
    repeat: send,
    failures: () => failures,
    write: async () => {
      const text = `feedback ${name} ${(written += 1)}`
      for (;;) {
        const id = await send(text)
        if (id !== undefined) return void acknowledged.set(text, id)
        await wait(25)
      }
    },
  }
}
