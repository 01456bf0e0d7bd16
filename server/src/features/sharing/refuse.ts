import { problem } from '../../platform/http/problem.ts'
import { numberOfSomebody } from '../feedback/feedback.ts'
import { sharingProblems } from './problems.ts'

/** @throws Problem `sharing-refused` that names the field */
export function refuse(path: string, message: string): never {
  throw problem(sharingProblems, 'sharing-refused', `${message}。`, [{ path, message }])
}

/** The ledger tells of bodies and data, never of somebody: their numbers have no place in it. */
export function refuseNumbers(body: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(body))
    if (typeof value === 'string' && numberOfSomebody.test(value))
      refuse(`/body/${field}`, '请不要写证件号、手机号')
}

/** Nothing can have happened after today. */
export function refuseFuture(onDay: string, today: string): void {
  if (onDay > today) refuse('/body/onDay', '日期不能晚于今天')
}
