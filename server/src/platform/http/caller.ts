import { createHash, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { asActor } from '../db/actor.ts'
import type { Database, Tx } from '../db/database.ts'

/** Who sent the request, as the database says. */
export type Caller = Readonly<{
  token: string
  staffId: string
  name: string
  role: string
  areaId: string
  areaName: string
  areaLevel: 'district' | 'township' | 'committee'
  /** What the role may do, e.g. `leads.read`. */
  may: readonly string[]
  /** Committees they are responsible for today. */
  duties: readonly string[]
}>

declare module 'fastify' {
  interface FastifyRequest {
    /** @throws Problem `not-signed-in` on a public route without a session */
    readonly caller: Caller
    /** Runs `work` in one transaction that sees only what the caller may see. */
    transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
    /** Why the caller looks or writes, where they said so in `x-qiao-reason`. */
    readonly reason: string | undefined
  }
  interface FastifyContextConfig {
    /** What the caller's role must grant, e.g. `leads.write`. */
    may?: string
    /** Open to everybody, without a session. */
    public?: true
  }
}

/** What a role allows, with what its holder is appointed to today. */
export type MayOf = (role: string, appointed: readonly string[]) => readonly string[]

export const sessionCookie = 'qiao_session'

/** The cookie of a session: behind TLS under a name that browsers let only this very host set, for all of it. */
export function sessionCookieOf({ protocol }: Readonly<{ protocol: string }>): string {
  return protocol === 'https' ? `__Host-${sessionCookie}` : sessionCookie
}

/** The member of staff behind a session token, or `undefined` for none. */
export async function findCaller(
  db: Database,
  token: string,
  mayOf: MayOf,
): Promise<Caller | undefined> {
  const found = await asActor(db, token, async (tx) => {
    const { rows } = await sql<{
      staff_id: string
      name: string
      role: string
      area_id: string
      area_name: string
      area_level: Caller['areaLevel']
      appointed: string[]
      duties: string[] | null
    }>`select *, auth.capabilities() as appointed, auth.duty_areas() as duties from auth.caller()`.execute(
      tx,
    )
    return rows[0]
  })
  if (!found) return undefined
  return {
    token,
    staffId: found.staff_id,
    name: found.name,
    role: found.role,
    areaId: found.area_id,
    areaName: found.area_name,
    areaLevel: found.area_level,
    may: mayOf(found.role, found.appointed),
    duties: found.duties ?? [],
  }
}

/** What a page of this session must send in `x-qiao-csrf` with every write. */
export function csrfToken(token: string): string {
  return createHash('sha256').update(`csrf:${token}`).digest('base64url')
}

export function isCsrfToken(token: string, given: unknown): boolean {
  const [wanted, sent] = [
    Buffer.from(csrfToken(token)),
    Buffer.from(typeof given === 'string' ? given : ''),
  ]
  return wanted.length === sent.length && timingSafeEqual(wanted, sent)
}
