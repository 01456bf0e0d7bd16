import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queryClient } from '../api/queries.ts'
import { sessionQuery } from '../api/session.tsx'
import { LEAD_SEARCH, pickSearch, readSearch, writeSearch } from './addresses.ts'
import { administrationRoutes } from './administration-routes.tsx'
import { doorRoutes, root } from './door-routes.tsx'
import { frame } from './frame-route.tsx'
import { mayOpen } from './places.ts'
import { recordRoutes } from './record-routes.tsx'

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    const session = queryClient.getQueryData(sessionQuery.queryKey)
    const first = (['leads', 'accounts', 'audit', 'policies'] as const).find(
      (place) => !session || mayOpen(session, place),
    )
    throw redirect({ to: `/${first ?? 'policies'}` })
  },
})

const leadsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/leads',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, LEAD_SEARCH),
  component: lazyRouteComponent(() => import('../staff/leads/leads-page.tsx'), 'LeadsPage'),
})

const householdsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/households',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'hukou', 'page', 'differing']),
  component: lazyRouteComponent(
    () => import('../staff/households/households-page.tsx'),
    'HouseholdsPage',
  ),
})

const registeringRoute = createRoute({
  getParentRoute: () => frame,
  path: '/households/new',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['household']),
  component: lazyRouteComponent(
    () => import('../staff/registering/register-page.tsx'),
    'RegisterPage',
  ),
})

const householdRoute = createRoute({
  getParentRoute: () => frame,
  path: '/households/$householdId',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['on', 'tab', 'programme', 'fact', 'of']),
  component: lazyRouteComponent(
    () => import('../staff/households/household-page.tsx'),
    'HouseholdPage',
  ),
})

const questionsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/questions',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'way', 'programme', 'because', 'sort', 'open']),
  component: lazyRouteComponent(
    () => import('../staff/questions/questions-page.tsx'),
    'QuestionsPage',
  ),
})

const borderlineRoute = createRoute({
  getParentRoute: () => frame,
  path: '/borderline',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'programme', 'sort', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/borderline/borderline-page.tsx'),
    'BorderlinePage',
  ),
})

const policiesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/policies',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['q', 'category', 'pending']),
  component: lazyRouteComponent(
    () => import('../staff/policies/policies-page.tsx'),
    'PoliciesPage',
  ),
})

const policyRoute = createRoute({
  getParentRoute: () => frame,
  path: '/policies/$policyId',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['easy']),
  component: lazyRouteComponent(() => import('../staff/policies/policy-page.tsx'), 'PolicyPage'),
})

const draftsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/drafts',
  component: lazyRouteComponent(() => import('../staff/drafts/drafts-page.tsx'), 'DraftsPage'),
})

const draftRoute = createRoute({
  getParentRoute: () => frame,
  path: '/drafts/$draftId',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['view', 'file']),
  component: lazyRouteComponent(() => import('../staff/drafts/draft-page.tsx'), 'DraftPage'),
})

const feedbackRoute = createRoute({
  getParentRoute: () => frame,
  path: '/feedback',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['programme', 'open']),
  component: lazyRouteComponent(
    () => import('../staff/feedback/feedback-page.tsx'),
    'FeedbackPage',
  ),
})

const runsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/runs',
  component: lazyRouteComponent(() => import('../staff/runs/runs-page.tsx'), 'RunsPage'),
})

const glassRoute = createRoute({
  getParentRoute: () => frame,
  path: '/glass-breaks',
  component: lazyRouteComponent(() => import('../staff/restrictions/glass-page.tsx'), 'GlassPage'),
})

const labRoute = createRoute({
  getParentRoute: () => frame,
  path: '/lab',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['programme', 'values', 'rules', 'compare']),
  component: lazyRouteComponent(() => import('../staff/lab/lab-page.tsx'), 'LabPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    ...doorRoutes,
    frame.addChildren([
      ...administrationRoutes,
      ...recordRoutes,
      home,
      leadsRoute,
      householdsRoute,
      registeringRoute,
      householdRoute,
      questionsRoute,
      borderlineRoute,
      policiesRoute,
      policyRoute,
      draftsRoute,
      draftRoute,
      feedbackRoute,
      labRoute,
      runsRoute,
      glassRoute,
    ]),
  ]),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  // What a page does not know of goes from its address, and goes no further.
  search: { strict: true },
  scrollRestoration: true,
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
