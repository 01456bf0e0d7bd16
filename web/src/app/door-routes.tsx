import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { SignInPage } from '../staff/signin/signin-page.tsx'
import { pickSearch } from './addresses.ts'
import { BrokenPage, LostPage } from './lost-page.tsx'

/** Where every address begins. */
export const root = createRootRoute({ notFoundComponent: LostPage, errorComponent: BrokenPage })

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['to', 'step']),
  component: SignInPage,
})

const invitationRoute = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(
    () => import('../staff/signin/invitation-page.tsx'),
    'InvitationPage',
  ),
})

const signOnRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-on',
  // The answer of the sign-on is handed on whole.
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, Object.keys(search)),
  component: lazyRouteComponent(() => import('../staff/signin/sign-on-page.tsx'), 'SignOnPage'),
})

const badgeRoute = createRoute({
  getParentRoute: () => root,
  path: '/badge/$token',
  component: lazyRouteComponent(() => import('../staff/advisors/badge-page.tsx'), 'BadgePage'),
})

const stationSignRoute = createRoute({
  getParentRoute: () => root,
  path: '/station/$stationId',
  component: lazyRouteComponent(
    () => import('../staff/advisors/station-sign-page.tsx'),
    'StationSignPage',
  ),
})

/** What is open to whoever has not signed in. */
export const doorRoutes = [
  signInRoute,
  invitationRoute,
  signOnRoute,
  badgeRoute,
  stationSignRoute,
] as const
