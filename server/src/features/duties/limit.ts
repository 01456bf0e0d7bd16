import type { Unit } from './clock.ts'

/** What a clock may be for. Those of applications and complaints wait for the features that will start them. */
export const clockKinds = [
  'lead',
  'correction',
  'alert-red-contact',
  'alert-red-visit',
  'alert-orange-contact',
  'alert-orange-visit',
  'alert-orange-feedback',
  'alert-yellow-contact',
  'alert-yellow-visit',
  'alert-yellow-feedback',
  'application-urgent',
  'application-investigation',
  'application-opinion',
  'application-publicity',
  'application-decision',
  'application-notice',
  'complaint-contact',
  'complaint-reply',
] as const
export type ClockKind = (typeof clockKinds)[number]

/** Whether its clock may stand still while it waits for the person; what a source owes waits for nobody. */
export const waitsForPerson = (kind: ClockKind): boolean => kind !== 'correction'

/** How long a matter may take, as somebody stated it. 办理时限 */
export type StatedLimit = Readonly<{
  amount: number
  unit: Unit
  /** The rule or notice it rests on. */
  source: string
  /** No rule sets it for this district: 待核. */
  proposed: boolean
}>
