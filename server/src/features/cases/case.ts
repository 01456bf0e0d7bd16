/**
 * One household, one case: what it lacks is planned, served, looked at again and closed, with goals for the household and for
 * each of its members. 一户一案、一人一策
 *
 * An advisor or official has a case in hand; the plan and the closing are decided by an official who did not ask for them.
 * States after domain.md §1.5.
 */
export const caseStates = [
  'open',
  'assessing',
  'planning',
  'submitted',
  'in-service',
  'reviewing',
  'closing',
  'follow-up',
  'archived',
  'suspended',
] as const
export type CaseState = (typeof caseStates)[number]

/** Where a case may be suspended, and goes on. */
export type Resumable = Extract<
  CaseState,
  'open' | 'assessing' | 'planning' | 'in-service' | 'reviewing'
>

export const causes = ['assessment', 'lead', 'request', 'relief', 'other'] as const
export type Cause = (typeof causes)[number]

/** What whoever has a case in hand does next. */
export const workSteps = [
  'assess',
  'plan',
  'submit',
  'review',
  'continue',
  'replan',
  'ask-closing',
  'follow-up',
  'relapse',
  'suspend',
  'resume',
  'urgent',
] as const
/** What another decides. */
export const decideSteps = ['approve', 'return', 'close', 'keep-open', 'calm'] as const
export const caseSteps = [...workSteps, ...decideSteps] as const
type WorkStep = (typeof workSteps)[number]
type DecideStep = (typeof decideSteps)[number]
export type CaseStep = WorkStep | DecideStep

export const isDecision = (step: CaseStep): boolean =>
  (decideSteps as readonly CaseStep[]).includes(step)

export const closingReasons = [
  'goals-met',
  'self-reliant',
  'transferred',
  'moved',
  'deceased',
  'withdrew',
  'refused',
  'unreachable',
  'no-longer-in-need',
] as const
export type ClosingReason = (typeof closingReasons)[number]

/** How soon somebody asks how they are, by why a case was closed; never where nobody is left to ask here. 待核 */
export function followUpOf(reason: ClosingReason): 'soon' | 'later' | null {
  if (reason === 'transferred' || reason === 'moved' || reason === 'deceased') return null
  return reason === 'withdrew' || reason === 'refused' || reason === 'unreachable'
    ? 'soon'
    : 'later'
}

export type CaseStanding = Readonly<{
  state: CaseState
  resumesTo: Resumable | null
  urgent: boolean
  closingReason: ClosingReason | null
}>

const resumable: readonly CaseState[] = ['open', 'assessing', 'planning', 'in-service', 'reviewing']

const next: Readonly<Partial<Record<CaseStep, Readonly<Partial<Record<CaseState, CaseState>>>>>> = {
  assess: { open: 'assessing' },
  plan: { open: 'planning', assessing: 'planning' },
  submit: { planning: 'submitted' },
  approve: { submitted: 'in-service' },
  return: { submitted: 'planning' },
  review: { 'in-service': 'reviewing' },
  continue: { reviewing: 'in-service' },
  replan: { reviewing: 'planning' },
  'ask-closing': { 'in-service': 'closing', reviewing: 'closing' },
  'keep-open': { closing: 'in-service' },
  'follow-up': { 'follow-up': 'archived' },
  relapse: { 'follow-up': 'planning' },
}

/**
 * Where a case stands after a step; null where the step is none of how it stands. `urgent` and `calm` set and lift urgent
 * protection (紧急保护) and leave it where it is. The database holds the same (migration 0255).
 */
export function afterStep(standing: CaseStanding, step: CaseStep): CaseStanding | null {
  const { state, resumesTo, urgent, closingReason } = standing
  switch (step) {
    case 'urgent':
      return urgent || state === 'archived' ? null : { ...standing, urgent: true }
    case 'calm':
      return urgent ? { ...standing, urgent: false } : null
    case 'suspend':
      return resumable.includes(state)
        ? { ...standing, state: 'suspended', resumesTo: state as Resumable }
        : null
    case 'resume':
      return state === 'suspended' && resumesTo
        ? { ...standing, state: resumesTo, resumesTo: null }
        : null
    case 'close': {
      if (state !== 'closing' || !closingReason) return null
      return { ...standing, state: followUpOf(closingReason) ? 'follow-up' : 'archived' }
    }
    default: {
      const after = next[step]?.[state]
      return after ? { ...standing, state: after } : null
    }
  }
}

export type GoalState = 'proposed' | 'in-progress' | 'done' | 'not-achieved' | 'withdrawn'
export const settledStates = ['done', 'not-achieved', 'withdrawn'] as const
export type SettledState = (typeof settledStates)[number]
export const meansKinds = ['policy', 'service', 'resource', 'own'] as const
export const goalOwners = ['worker', 'household', 'both'] as const

/** The five services of the paper (青民〔2020〕37号). 五项服务 */
export const services = ['guidance', 'linking', 'counselling', 'capability', 'inclusion'] as const

const isSettled = (state: GoalState) => (settledStates as readonly GoalState[]).includes(state)

/**
 * What stands in the way of a step beside its state: a plan without goals, a closing before every goal has an outcome.
 */
export function hindrance(
  step: CaseStep,
  goals: readonly Readonly<{ state: GoalState }>[],
): 'no-goals' | 'goals-open' | null {
  if (step === 'submit') return goals.some(({ state }) => !isSettled(state)) ? null : 'no-goals'
  if (step === 'ask-closing')
    return goals.every(({ state }) => isSettled(state)) ? null : 'goals-open'
  return null
}

export type Acting = Readonly<{ staffId: string; may: readonly string[] }>
type Decided = Readonly<{ submittedBy: string | null; closingAskedBy: string | null }>

/** The steps somebody may take now; whoever handed a plan in, or asked for the closing, does not decide on it. */
export function stepsFor(
  standing: CaseStanding & Decided,
  goals: readonly Readonly<{ state: GoalState }>[],
  { staffId, may }: Acting,
): CaseStep[] {
  return caseSteps.filter((step) => {
    if (afterStep(standing, step) === null || hindrance(step, goals) !== null) return false
    if (!isDecision(step)) return may.includes('cases.write')
    if (!may.includes('cases.decide')) return false
    if (step === 'approve') return standing.submittedBy !== staffId
    return step !== 'close' || standing.closingAskedBy !== staffId
  })
}
