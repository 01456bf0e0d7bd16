import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Lab } from '../lab/lab.ts'
import type { Checker } from './checker.ts'
import type { Writer } from './drafts.ts'

export type DraftParts = Readonly<{
  clock: Clock
  jobs: Jobs
  lab: Lab
  checker: Checker
  massLoss: number
}>

export const Id = Type.Object({ id: Type.Integer({ minimum: 1 }) })
export const Revision = Type.Integer({ minimum: 1, description: 'The revision one has seen' })

/** Which side to keep, file by file. */
export const ChosenForm = Type.Object(
  {
    revision: Revision,
    choices: Type.Record(
      Type.String({ maxLength: 200 }),
      Type.Union([Type.Literal('mine'), Type.Literal('theirs')]),
    ),
  },
  { additionalProperties: false },
)

export function writerOf({ caller }: FastifyRequest, { clock }: Pick<DraftParts, 'clock'>): Writer {
  return { staffId: caller.staffId, may: caller.may, today: clock.today() }
}
