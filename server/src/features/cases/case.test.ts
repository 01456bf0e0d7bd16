import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterStep,
  type CaseStanding,
  type CaseStep,
  caseSteps,
  type ClosingReason,
  closingReasons,
  followUpOf,
  type GoalState,
  hindrance,
  stepsFor,
} from './case.ts'

const opened: CaseStanding = { state: 'open', resumesTo: null, urgent: false, closingReason: null }
const anySteps = fc.array(fc.constantFrom(...caseSteps), { maxLength: 60 })
const anyReason = fc.constantFrom(...closingReasons)

/** The steps that were possible, one after another, and where each led. */
function walk(steps: readonly CaseStep[], closingReason: ClosingReason = 'goals-met') {
  let standing = opened
  const walked: { step: CaseStep; standing: CaseStanding }[] = []
  for (const step of steps) {
    const after = afterStep(standing, step)
    if (!after) continue
    standing = step === 'ask-closing' ? { ...after, closingReason } : after
    walked.push({ step, standing })
  }
  return walked
}

describe('a case', () => {
  test('is served only under a plan that was approved after it was last handed in', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const walked = walk(steps)
        for (const [at, { standing }] of walked.entries()) {
          if (standing.state !== 'in-service') continue
          const before = walked.slice(0, at + 1).map(({ step }) => step)
          expect(before.lastIndexOf('approve')).toBeGreaterThan(before.lastIndexOf('submit'))
        }
      }),
    )
  })

  test('is closed only where somebody asked for it and another agreed', () => {
    fc.assert(
      fc.property(anySteps, anyReason, (steps, reason) => {
        for (const [at, { standing }] of walk(steps, reason).entries()) {
          if (standing.state !== 'follow-up' && standing.state !== 'archived') continue
          const before = walk(steps, reason)
            .slice(0, at + 1)
            .map(({ step }) => step)
          expect(before.lastIndexOf('close')).toBeGreaterThan(before.lastIndexOf('ask-closing'))
        }
      }),
    )
  })

  test('goes on where it was suspended', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const standing = walk(steps).at(-1)?.standing ?? opened
        const suspended = afterStep(standing, 'suspend')
        if (!suspended) return
        expect(afterStep(suspended, 'resume')).toEqual(standing)
        const others = caseSteps.filter((one) => !['resume', 'urgent', 'calm'].includes(one))
        for (const step of others) expect(afterStep(suspended, step), step).toBeNull()
      }),
    )
  })

  test('that is archived stays so', () => {
    const archived = { ...opened, state: 'archived' } as const
    for (const step of caseSteps) expect(afterStep(archived, step), step).toBeNull()
  })

  test('is followed up unless nobody is left to ask here', () => {
    for (const reason of closingReasons) {
      const closed = afterStep({ ...opened, state: 'closing', closingReason: reason }, 'close')
      expect(closed?.state).toBe(followUpOf(reason) ? 'follow-up' : 'archived')
    }
    expect(closingReasons.filter((one) => followUpOf(one) === null)).toEqual([
      'transferred',
      'moved',
      'deceased',
    ])
  })
})

describe('what may be done next', () => {
  const goal = (state: GoalState) => ({ state })
  const clerk = { staffId: 'c', may: ['cases.read', 'cases.write', 'cases.decide'] }
  const advisor = { staffId: 'a', may: ['cases.read', 'cases.write'] }
  const nobody = { submittedBy: null, closingAskedBy: null }

  test('is no plan without a goal, and no closing before every goal has an outcome', () => {
    expect(hindrance('submit', [])).toBe('no-goals')
    expect(hindrance('submit', [goal('withdrawn')])).toBe('no-goals')
    expect(hindrance('submit', [goal('proposed')])).toBeNull()
    expect(hindrance('ask-closing', [goal('done'), goal('in-progress')])).toBe('goals-open')
    expect(hindrance('ask-closing', [goal('done'), goal('not-achieved')])).toBeNull()
  })

  test('is decided by an official who did not ask for it', () => {
    const submitted = { ...opened, state: 'submitted', ...nobody, submittedBy: 'c' } as const
    expect(stepsFor(submitted, [goal('proposed')], clerk)).toEqual(['urgent', 'return'])
    expect(stepsFor({ ...submitted, submittedBy: 'a' }, [goal('proposed')], clerk)).toEqual([
      'urgent',
      'approve',
      'return',
    ])
    expect(stepsFor({ ...submitted, submittedBy: 'b' }, [goal('proposed')], advisor)).toEqual([
      'urgent',
    ])
    const closing = {
      ...opened,
      state: 'closing',
      closingReason: 'goals-met',
      ...nobody,
      closingAskedBy: 'c',
    } as const
    expect(stepsFor(closing, [], clerk)).toEqual(['urgent', 'keep-open'])
  })

  test('is offered exactly where it leads somewhere', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const standing = walk(steps).at(-1)?.standing ?? opened
        const offered = stepsFor({ ...standing, ...nobody }, [goal('done')], clerk)
        for (const step of offered) expect(afterStep(standing, step)).not.toBeNull()
      }),
    )
  })
})
