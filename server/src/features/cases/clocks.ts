import type { Tx } from '../../platform/db/database.ts'
import { endClocks, startClocks } from '../duties/clock-queries.ts'
import type { ClockKind } from '../duties/limit.ts'
import { type CaseState, type CaseStep, type ClosingReason, followUpOf } from './case.ts'

type Of = Readonly<{
  id: number
  householdId: number
  state?: CaseState
  closingReason?: ClosingReason | null
}>

/** The clock that begins with a step; none leaves whatever runs as it is. */
function begins(step: CaseStep | 'open', { closingReason, state }: Of): ClockKind | null {
  if (step === 'open' || step === 'replan' || step === 'relapse' || step === 'return')
    return 'case-plan'
  if (step === 'submit' || step === 'ask-closing') return 'case-approval'
  if (step !== 'close' || state !== 'follow-up' || !closingReason) return null
  return followUpOf(closingReason) === 'soon' ? 'case-follow-up-soon' : 'case-follow-up'
}

const ends: readonly (CaseStep | 'open')[] = [
  'submit',
  'approve',
  'return',
  'ask-closing',
  'close',
  'keep-open',
  'follow-up',
  'relapse',
  'suspend',
]

/** A case that is opened waits for its plan, what was handed in for a decision, what was closed for somebody to ask after them. */
export async function keepClocks(
  tx: Tx,
  of: Of,
  step: CaseStep | 'open',
  { staffId, at }: Readonly<{ staffId: string; at: number }>,
): Promise<void> {
  if (ends.includes(step))
    await endClocks(tx, { subject: 'case', ids: [of.id], how: 'handled', at })
  const kind = step === 'resume' && of.state !== 'in-service' ? resumed(of.state) : begins(step, of)
  if (!kind) return
  const { id, householdId } = of
  const started = {
    id,
    householdId,
    sensitivity: 'need-signal',
    owner: staffId,
    startedAt: at,
  } as const
  await startClocks(tx, { kind, subject: 'case' }, [started])
}

/** What is planned on after a pause has its whole time again. */
function resumed(state: CaseState | undefined): ClockKind | null {
  return state === 'open' || state === 'assessing' || state === 'planning' ? 'case-plan' : null
}
