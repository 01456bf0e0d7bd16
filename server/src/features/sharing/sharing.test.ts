import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedDays, yearsOf } from '../workdays/shipped.ts'
import type { Calendar } from '../workdays/workday.ts'
import { correctionDeadline, type Standing, standingOf, type Step, stepProblem } from './sharing.ts'

const shipped = shippedDays()
const calendar: Calendar = {
  years: yearsOf(shipped),
  exceptions: new Map(shipped.map(({ day, kind }) => [day, kind])),
}
const on = (today: string) => ({ today, calendar })
const unconditional = { sharing: 'unconditional', useTo: '2025-12-31' } as const
const conditional = { sharing: 'conditional', useTo: '2025-12-31' } as const
const steps = (...taken: [Step['kind'], string][]): Step[] =>
  taken.map(([kind, onDay]) => ({ kind, onDay }))

describe('the clock of a request', () => {
  test('gives one working day to answer what is shared with everybody', () => {
    const { state, deadline } = standingOf(
      unconditional,
      steps(['sent', '2025-05-30']),
      on('2025-06-01'),
    )
    expect(state).toBe('sent')
    // The Dragon Boat festival lies between.
    expect(deadline).toEqual({
      what: 'answer',
      due: '2025-06-03',
      left: 1,
      overdue: false,
      certain: true,
    })
  })

  test('gives ten for what is shared on conditions, and once ten more', () => {
    const sent = steps(['sent', '2025-05-06'])
    expect(standingOf(conditional, sent, on('2025-05-20')).deadline).toMatchObject({
      due: '2025-05-20',
      left: 0,
      overdue: false,
    })
    expect(standingOf(conditional, sent, on('2025-05-21')).deadline).toMatchObject({
      left: -1,
      overdue: true,
    })
    const extended = [...sent, ...steps(['extended', '2025-05-19'])]
    const later = standingOf(conditional, extended, on('2025-05-21'))
    expect(later.deadline).toMatchObject({ due: '2025-06-04', overdue: false })
    expect(later.next).not.toContain('extended')
    expect(standingOf(unconditional, sent, on('2025-05-06')).next).not.toContain('extended')
  })

  test('stops while something is missing and begins anew once nothing is', () => {
    const told = steps(['sent', '2025-05-06'], ['missing-told', '2025-05-08'])
    expect(standingOf(conditional, told, on('2025-06-01'))).toMatchObject({
      state: 'missing',
      deadline: null,
      mayChange: true,
    })
    const whole = [...told, ...steps(['supplemented', '2025-05-12'])]
    const standing = standingOf(conditional, whole, on('2025-05-12'))
    expect(standing).toMatchObject({
      state: 'sent',
      mayChange: false,
      deadline: { due: '2025-05-26' },
    })
    expect(standing.next).not.toContain('missing-told')
  })

  test('gives twenty to deliver what was granted', () => {
    const granted = steps(['sent', '2025-05-06'], ['accepted', '2025-05-07'])
    expect(standingOf(conditional, granted, on('2025-05-07')).deadline).toMatchObject({
      what: 'delivery',
      due: '2025-06-05',
    })
  })

  test('says that data is to be destroyed as soon as its period or its purpose is over', () => {
    const used = steps(
      ['sent', '2025-05-06'],
      ['accepted', '2025-05-07'],
      ['delivered', '2025-05-08'],
    )
    expect(standingOf(conditional, used, on('2025-12-31'))).toMatchObject({
      state: 'delivered',
      deadline: { due: '2025-12-31', left: 0, overdue: false },
    })
    expect(standingOf(conditional, used, on('2026-01-01'))).toMatchObject({
      state: 'ended',
      since: '2025-12-31',
      next: ['destroyed'],
      deadline: { what: 'destruction', left: -1, overdue: true },
    })
    const ended = [...used, ...steps(['ended', '2025-06-01'])]
    expect(standingOf(conditional, ended, on('2025-06-01'))).toMatchObject({
      state: 'ended',
      deadline: { due: '2025-06-01', overdue: false },
    })
    const gone = [...ended, ...steps(['destroyed', '2025-06-02'])]
    expect(standingOf(conditional, gone, on('2026-06-02'))).toMatchObject({
      state: 'destroyed',
      deadline: null,
      next: [],
    })
  })

  test('is not certain where the calendar of a year is not known', () => {
    const { deadline } = standingOf(conditional, steps(['sent', '2026-12-25']), on('2026-12-28'))
    expect(deadline).toMatchObject({ due: '2027-01-08', certain: false })
    expect(correctionDeadline('2025-05-06', on('2025-05-21'))).toMatchObject({
      due: '2025-05-20',
      overdue: true,
      certain: true,
    })
  })

  test('moves when a day is made a working day', () => {
    const exceptions = new Map(calendar.exceptions).set('2025-05-31', 'make-up')
    const moved = standingOf(unconditional, steps(['sent', '2025-05-30']), {
      today: '2025-06-01',
      calendar: { ...calendar, exceptions },
    })
    expect(moved.deadline).toMatchObject({ due: '2025-05-31', overdue: true })
  })
})

describe('a step', () => {
  const at = (taken: Step[], step: Step & { text?: string }) =>
    stepProblem({ text: null, ...step }, standingOf(conditional, taken, on('2025-06-01')), {
      steps: taken,
      today: '2025-06-01',
    })

  test('tells what is missing once: a second time is refused', () => {
    const taken = steps(
      ['sent', '2025-05-06'],
      ['missing-told', '2025-05-08'],
      ['supplemented', '2025-05-09'],
    )
    expect(at(taken, { kind: 'missing-told', onDay: '2025-05-12', text: '还缺一份' })).toBe(
      'told-before',
    )
  })

  test('says why, follows the one before and is not of tomorrow', () => {
    const sent = steps(['sent', '2025-05-06'])
    expect(at(sent, { kind: 'refused', onDay: '2025-05-08' })).toBe('text')
    expect(at(sent, { kind: 'refused', onDay: '2025-05-08', text: '不在目录内' })).toBeUndefined()
    expect(at(sent, { kind: 'accepted', onDay: '2025-05-05' })).toBe('day')
    expect(at(sent, { kind: 'accepted', onDay: '2025-06-02' })).toBe('day')
    expect(at(sent, { kind: 'delivered', onDay: '2025-05-08' })).toBe('not-next')
    expect(at([], { kind: 'accepted', onDay: '2025-05-08' })).toBe('not-next')
  })

  test('is never taken twice on any way through, and every way ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 9 }), { maxLength: 12 }),
        fc.boolean(),
        (picks, isOpen) => {
          const of = isOpen ? unconditional : conditional
          const taken: Step[] = []
          let standing: Standing = standingOf(of, taken, on('2025-06-01'))
          for (const pick of picks) {
            const kind = standing.next[pick % Math.max(1, standing.next.length)]
            if (!kind) break
            taken.push({ kind, onDay: '2025-05-06' })
            standing = standingOf(of, taken, on('2025-06-01'))
          }
          const kinds = taken.map(({ kind }) => kind)
          expect(new Set(kinds).size).toBe(kinds.length)
          const over = ['refused', 'destroyed', 'withdrawn'].includes(standing.state)
          expect(standing.next.length === 0).toBe(over)
          if (over) expect(standing.deadline).toBeNull()
        },
      ),
      { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 100) },
    )
  })
})
