import type { Session } from '../api/views.ts'

const PLACES = [
  'today',
  'leads',
  'warnings',
  'clocks',
  'reliefs',
  'cases',
  'assessments',
  'households',
  'questions',
  'borderline',
  'duplicates',
  'change-requests',
  'policies',
  'drafts',
  'feedback',
  'lab',
  'runs',
  'glass-breaks',
  'deliveries',
  'sources',
  'corrections',
  'sharing',
  'workdays',
  'advisors',
  'stations',
  'notices',
  'exports',
  'retention',
  'accounts',
  'alerts',
  'audit',
] as const

export type Place = (typeof PLACES)[number]

/** Whether the server lets this session open a place: it grants `leads.read`, `runs.read` and so on. */
export function mayOpen(session: Session, place: Place): boolean {
  return session.may.some((granted) => granted === place || granted.startsWith(`${place}.`))
}

export function placesOf(session: Session): Place[] {
  return PLACES.filter((place) => mayOpen(session, place))
}
