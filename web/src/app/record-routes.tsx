import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { pickSearch, WARNING_SEARCH } from './addresses.ts'
import { frame } from './frame-route.tsx'

const todayRoute = createRoute({
  getParentRoute: () => frame,
  path: '/today',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['area', 'view']),
  component: lazyRouteComponent(() => import('../staff/services/today-page.tsx'), 'TodayPage'),
})

const visitRulesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/visit-rules',
  component: lazyRouteComponent(
    () => import('../staff/services/visit-rules-page.tsx'),
    'VisitRulesPage',
  ),
})

const clocksRoute = createRoute({
  getParentRoute: () => frame,
  path: '/clocks',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['tab', 'area']),
  component: lazyRouteComponent(() => import('../staff/clocks/clocks-page.tsx'), 'ClocksPage'),
})

const reliefsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/reliefs',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'state', 'page']),
  component: lazyRouteComponent(() => import('../staff/reliefs/reliefs-page.tsx'), 'ReliefsPage'),
})

const reliefRoute = createRoute({
  getParentRoute: () => frame,
  path: '/reliefs/$reliefId',
  component: lazyRouteComponent(() => import('../staff/reliefs/relief-page.tsx'), 'ReliefPage'),
})

const casesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/cases',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'view', 'state', 'page']),
  component: lazyRouteComponent(() => import('../staff/cases/cases-page.tsx'), 'CasesPage'),
})

const caseRoute = createRoute({
  getParentRoute: () => frame,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('../staff/cases/case-page.tsx'), 'CasePage'),
})

const assessmentsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/assessments',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['tab', 'area']),
  component: lazyRouteComponent(
    () => import('../staff/assessments/assessments-page.tsx'),
    'AssessmentsPage',
  ),
})

const warningsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/warnings',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, WARNING_SEARCH),
  component: lazyRouteComponent(
    () => import('../staff/warnings/warnings-page.tsx'),
    'WarningsPage',
  ),
})

const warningRoute = createRoute({
  getParentRoute: () => frame,
  path: '/warnings/$warningId',
  component: lazyRouteComponent(() => import('../staff/warnings/warning-page.tsx'), 'WarningPage'),
})

const signalsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/warning-signals',
  component: lazyRouteComponent(() => import('../staff/warnings/signals-page.tsx'), 'SignalsPage'),
})

const duplicatesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/duplicates',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'from', 'state', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/duplicates/duplicates-page.tsx'),
    'DuplicatesPage',
  ),
})

const duplicateRoute = createRoute({
  getParentRoute: () => frame,
  path: '/duplicates/$pairId',
  component: lazyRouteComponent(
    () => import('../staff/duplicates/duplicate-page.tsx'),
    'DuplicatePage',
  ),
})

const changeRequestsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/change-requests',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'state', 'whose', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/change-requests/change-requests-page.tsx'),
    'ChangeRequestsPage',
  ),
})

const changeRequestRoute = createRoute({
  getParentRoute: () => frame,
  path: '/change-requests/$requestId',
  component: lazyRouteComponent(
    () => import('../staff/change-requests/change-request-page.tsx'),
    'ChangeRequestPage',
  ),
})

const noticesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/notices',
  component: lazyRouteComponent(() => import('../staff/notices/notices-page.tsx'), 'NoticesPage'),
})

const noticeRoute = createRoute({
  getParentRoute: () => frame,
  path: '/notices/$noticeId',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['household', 'person']),
  component: lazyRouteComponent(() => import('../staff/notices/notice-page.tsx'), 'NoticePage'),
})

/** What is due today, what runs out of time, and what keeps the record right: who is on it twice, what is asked to be changed, and what people are told of it. */
export const recordRoutes = [
  todayRoute,
  visitRulesRoute,
  clocksRoute,
  reliefsRoute,
  reliefRoute,
  casesRoute,
  caseRoute,
  assessmentsRoute,
  warningsRoute,
  warningRoute,
  signalsRoute,
  duplicatesRoute,
  duplicateRoute,
  changeRequestsRoute,
  changeRequestRoute,
  noticesRoute,
  noticeRoute,
] as const
