import { describe, expect, test } from 'vitest'
import {
  type Draft,
  type DraftState,
  mayWrite,
  type Situation,
  startProblem,
  steps,
  takeStep,
} from './draft.ts'

const draftIn = (state: DraftState, author: string | null = 'author'): Draft => ({
  id: 1,
  title: '改',
  note: '',
  baseHash: 'base',
  files: {},
  cases: {},
  from: null,
  contentHash: 'content',
  version: '1+1',
  revision: 1,
  changedAt: '',
  release: null,
  undecided: [],
  state,
  author,
})
const as = (staffId: string, given: Partial<Situation> = {}): Situation => ({
  staffId,
  approvedBy: [],
  secondApprover: false,
  baseMoved: false,
  may: staffId === 'author' ? ['drafts.read', 'drafts.write'] : ['drafts.read', 'drafts.decide'],
  ...given,
})
const refused = (code: string) => ({ refused: code })

describe('a draft', () => {
  test('goes from its author to review, to approval by another, to publication', () => {
    expect(takeStep(draftIn('draft'), 'submit', as('author'))).toBe('in-review')
    expect(takeStep(draftIn('in-review'), 'approve', as('first'))).toBe('approved')
    expect(takeStep(draftIn('approved'), 'publish', as('first', { approvedBy: ['first'] }))).toBe(
      'published',
    )
  })

  test.each(['approve', 'return', 'publish'] as const)(
    'is not for its author to %s, whatever else they are appointed to',
    (step) => {
      const may = ['drafts.read', 'drafts.write', 'drafts.decide']
      for (const state of ['in-review', 'approved'] as const)
        expect(
          takeStep(draftIn(state), step, as('author', { may, approvedBy: ['other'] })),
        ).toEqual(refused('author-cannot-approve'))
    },
  )

  test('is neither approved nor published without the impact of exactly this content', () => {
    const unknown = { secondApprover: null, approvedBy: ['other'] }
    for (const [state, step] of [
      ['in-review', 'approve'],
      ['approved', 'publish'],
    ] as const)
      expect(takeStep(draftIn(state), step, as('first', unknown))).toEqual(
        refused('impact-missing'),
      )
  })

  test('by which many lose is approved by two different people', () => {
    const many = { secondApprover: true }
    expect(takeStep(draftIn('in-review'), 'approve', as('first', many))).toBe('in-review')
    const once = { ...many, approvedBy: ['first'] }
    expect(takeStep(draftIn('in-review'), 'approve', as('first', once))).toEqual(
      refused('already-approved'),
    )
    expect(takeStep(draftIn('in-review'), 'approve', as('second', once))).toBe('approved')
    expect(takeStep(draftIn('approved'), 'publish', as('second', once))).toEqual(
      refused('step-not-open'),
    )
  })

  test('whose base has moved on is neither submitted, approved nor published', () => {
    const moved = { baseMoved: true, approvedBy: ['first'] }
    expect(takeStep(draftIn('draft'), 'submit', as('author', moved))).toEqual(refused('base-moved'))
    expect(takeStep(draftIn('in-review'), 'approve', as('second', moved))).toEqual(
      refused('base-moved'),
    )
    expect(takeStep(draftIn('approved'), 'publish', as('second', moved))).toEqual(
      refused('base-moved'),
    )
  })

  test('that came with a release is taken up once, by an author, who is bound by that', () => {
    const laid = draftIn('draft', null)
    expect(takeStep(laid, 'take-up', as('author'))).toBe('draft')
    expect(takeStep(laid, 'take-up', as('first'))).toEqual(refused('step-not-open'))
    expect(takeStep(laid, 'submit', as('author'))).toEqual(refused('not-the-author'))
    expect(takeStep(draftIn('draft'), 'take-up', as('author'))).toEqual(refused('step-not-open'))
    expect(takeStep(draftIn('withdrawn', null), 'take-up', as('author'))).toEqual(
      refused('step-not-open'),
    )
  })

  test('is not submitted while a file that two sides changed is undecided', () => {
    const open = { ...draftIn('draft'), undecided: ['programmes/dibao.yaml'] }
    expect(takeStep(open, 'submit', as('author'))).toEqual(refused('merge-undecided'))
  })

  test.each(['published', 'withdrawn'] as const)('that is %s stays so', (state) => {
    for (const who of ['author', 'first'])
      expect(
        steps.filter((step) => typeof takeStep(draftIn(state), step, as(who)) === 'string'),
      ).toEqual([])
  })

  test('is written by its author alone; one that came with a release by whoever takes it up', () => {
    expect(mayWrite(draftIn('draft'), as('author'))).toBe(true)
    expect(mayWrite(draftIn('in-review'), as('author'))).toBe(false)
    expect(mayWrite(draftIn('draft'), as('first', { may: ['drafts.write'] }))).toBe(false)
    expect(mayWrite(draftIn('draft', null), as('first', { may: ['drafts.write'] }))).toBe(true)
  })
})

test('a draft begins today or later, and not before what is published for later', () => {
  expect(startProblem(null, '2025-06-01', null)).toBeUndefined()
  expect(startProblem('2025-05-31', '2025-06-01', null)).toContain('2025-06-01')
  expect(startProblem(null, '2025-06-01', '2025-07-01')).toContain('2025-07-01')
  expect(startProblem('2025-07-01', '2025-06-01', '2025-07-01')).toBeUndefined()
})
