import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { AUDIT_SEARCH, pickSearch } from './addresses.ts'
import { frame } from './frame-route.tsx'

const auditRoute = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, AUDIT_SEARCH),
  component: lazyRouteComponent(() => import('../staff/audit/audit-page.tsx'), 'AuditPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => import('../staff/account/account-page.tsx'), 'AccountPage'),
})

const accountsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/accounts',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['state']),
  component: lazyRouteComponent(
    () => import('../staff/accounts/accounts-page.tsx'),
    'AccountsPage',
  ),
})

const alertsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/alerts',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['state']),
  component: lazyRouteComponent(() => import('../staff/alerts/alerts-page.tsx'), 'AlertsPage'),
})

const sourcesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/sources',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['q']),
  component: lazyRouteComponent(() => import('../staff/exchange/sources-page.tsx'), 'SourcesPage'),
})

const deliveriesRoute = createRoute({
  getParentRoute: () => frame,
  path: '/deliveries',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['source', 'state', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/exchange/deliveries-page.tsx'),
    'DeliveriesPage',
  ),
})

const deliveryRoute = createRoute({
  getParentRoute: () => frame,
  path: '/deliveries/$deliveryId',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['outcome', 'after']),
  component: lazyRouteComponent(
    () => import('../staff/exchange/delivery-page.tsx'),
    'DeliveryPage',
  ),
})

const workdaysRoute = createRoute({
  getParentRoute: () => frame,
  path: '/workdays',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['year']),
  component: lazyRouteComponent(
    () => import('../staff/workdays/workdays-page.tsx'),
    'WorkdaysPage',
  ),
})

const advisorsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/advisors',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['area', 'kind', 'standing', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/advisors/advisors-page.tsx'),
    'AdvisorsPage',
  ),
})

const advisorRoute = createRoute({
  getParentRoute: () => frame,
  path: '/advisors/$staffId',
  component: lazyRouteComponent(() => import('../staff/advisors/advisor-page.tsx'), 'AdvisorPage'),
})

const trainingsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/trainings',
  component: lazyRouteComponent(
    () => import('../staff/advisors/trainings-page.tsx'),
    'TrainingsPage',
  ),
})

const examRoute = createRoute({
  getParentRoute: () => frame,
  path: '/exam',
  component: lazyRouteComponent(() => import('../staff/advisors/exam-page.tsx'), 'ExamPage'),
})

const stationsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/stations',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['area', 'state']),
  component: lazyRouteComponent(
    () => import('../staff/advisors/stations-page.tsx'),
    'StationsPage',
  ),
})

const correctionsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/corrections',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['source', 'state', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/corrections/corrections-page.tsx'),
    'CorrectionsPage',
  ),
})

const sharingListRoute = createRoute({
  getParentRoute: () => frame,
  path: '/sharing',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['source', 'state', 'overdue', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/sharing/sharing-list-page.tsx'),
    'SharingListPage',
  ),
})

const newSharingRoute = createRoute({
  getParentRoute: () => frame,
  path: '/sharing/new',
  component: lazyRouteComponent(
    () => import('../staff/sharing/new-sharing-page.tsx'),
    'NewSharingPage',
  ),
})

const sharingRoute = createRoute({
  getParentRoute: () => frame,
  path: '/sharing/$sharingId',
  component: lazyRouteComponent(() => import('../staff/sharing/sharing-page.tsx'), 'SharingPage'),
})

const retentionRoute = createRoute({
  getParentRoute: () => frame,
  path: '/retention',
  validateSearch: (search: Record<string, unknown>) => pickSearch(search, ['tab', 'day', 'page']),
  component: lazyRouteComponent(
    () => import('../staff/retention/retention-page.tsx'),
    'RetentionPage',
  ),
})

const exportsRoute = createRoute({
  getParentRoute: () => frame,
  path: '/exports',
  validateSearch: (search: Record<string, unknown>) =>
    pickSearch(search, ['whose', 'state', 'list', 'page']),
  component: lazyRouteComponent(() => import('../staff/exports/exports-page.tsx'), 'ExportsPage'),
})

/** Accounts, advisors, the log and where facts come from: what keeps the house in order. */
export const administrationRoutes = [
  auditRoute,
  accountRoute,
  accountsRoute,
  alertsRoute,
  workdaysRoute,
  advisorsRoute,
  advisorRoute,
  trainingsRoute,
  examRoute,
  stationsRoute,
  sourcesRoute,
  deliveriesRoute,
  deliveryRoute,
  correctionsRoute,
  sharingListRoute,
  newSharingRoute,
  sharingRoute,
  exportsRoute,
  retentionRoute,
] as const
