import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { answerOf, api, rememberCsrf } from './client.ts'
import { Problem } from './problem.ts'
import { queryClient } from './queries.ts'
import type { Session } from './views.ts'

async function currentSession(): Promise<Session | null> {
  try {
    const session = await answerOf(api.GET('/api/session'))
    rememberCsrf(session.csrf)
    return session
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null
    throw error
  }
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: currentSession,
  staleTime: 5 * 60_000,
})

/** Begins the session whose cookie the server has just set. */
export function enter(session: Session): void {
  rememberCsrf(session.csrf)
  queryClient.clear()
  queryClient.setQueryData(sessionQuery.queryKey, session)
}

/** What a sign-in still awaits, for ten minutes: a code, or an authenticator to be set up. */
export type Awaits = 'code' | 'enrolment'

/** Signs in; says what is still awaited, or nothing where the session is open. */
export async function signIn(username: string, password: string): Promise<Awaits | undefined> {
  const answer = await answerOf(api.POST('/api/session', { body: { username, password } }))
  if ('awaits' in answer) return answer.awaits
  enter(answer)
  return undefined
}

export async function passSecondFactor(code: string): Promise<void> {
  enter(await answerOf(api.POST('/api/session/code', { body: { code } })))
}

export async function signOut(): Promise<void> {
  await answerOf(api.DELETE('/api/session'))
  rememberCsrf('')
  // The frame watches the session and leaves by itself; everything else is forgotten.
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  queryClient.setQueryData(sessionQuery.queryKey, null)
}

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = SessionContext.Provider

/** @throws outside the signed-in frame */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for pages inside the frame')
  return session
}
