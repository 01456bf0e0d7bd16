import { createRoute, redirect } from '@tanstack/react-router'
import { queryClient } from '../api/queries.ts'
import { sessionQuery } from '../api/session.tsx'
import { root } from './door-routes.tsx'
import { Shell } from './shell.tsx'

/** What every page of the console stands in; whoever has no session is led to the door. */
export const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (session) return
    const to = location.pathname === '/' ? undefined : location.href
    throw redirect({ to: '/sign-in', search: to ? { to } : {} })
  },
})
