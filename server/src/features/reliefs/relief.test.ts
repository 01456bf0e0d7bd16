import type { Parameter } from '@qiao/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterStep,
  type Line,
  lineOn,
  lineParameter,
  measure,
  openStates,
  type ReliefState,
  reliefStates,
  reliefSteps,
  stepsFor,
} from './relief.ts'

const officials = ['reliefs.read', 'reliefs.write', 'reliefs.decide']
const known: Line = {
  state: 'known',
  fen: 159_500,
  from: '2024-07-01',
  knownUntil: '2025-06-30',
  document: '沪民规〔2024〕13号',
}
const expired: Line = { ...known, state: 'expired' }
const nothing: Line = {
  state: 'missing',
  fen: null,
  from: null,
  knownUntil: null,
  document: null,
}

describe('the steps of a quick relief', () => {
  test('lead through a visit and a decision before anything is explained or closed', () => {
    const anyWalk = fc.array(fc.constantFrom(...reliefSteps), { maxLength: 12 })
    fc.assert(
      fc.property(anyWalk, (steps) => {
        const walked: string[] = []
        let state: ReliefState = 'reported'
        for (const step of steps) {
          const after = afterStep(state, step)
          if (after === null) continue
          state = after
          walked.push(step)
        }
        if (walked.includes('grant'))
          expect(walked.indexOf('visit')).toBeLessThan(walked.indexOf('grant'))
        if (state === 'closed') expect(walked.slice(-2)).toEqual(['explain', 'close'])
        if (state === 'refused' || state === 'withdrawn') expect(walked).not.toContain('grant')
        expect(walked.filter((one) => one === 'grant').length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('go on exactly as long as it is open', () => {
    for (const state of reliefStates) {
      const any = reliefSteps.some((step) => afterStep(state, step) !== null)
      expect([state, any]).toEqual([state, openStates.includes(state)])
    }
  })

  test('that decide are an official’s, and closing is for another than who granted', () => {
    const advisor = { staffId: 'a', may: ['reliefs.read', 'reliefs.write'] }
    const clerk = { staffId: 'c', may: officials }
    expect(stepsFor({ state: 'visited', decidedBy: null }, advisor)).toEqual(['withdraw'])
    expect(stepsFor({ state: 'visited', decidedBy: null }, clerk)).toEqual([
      'grant',
      'refuse',
      'withdraw',
    ])
    expect(stepsFor({ state: 'explained', decidedBy: 'c' }, clerk)).toEqual(['return'])
    expect(stepsFor({ state: 'explained', decidedBy: 'd' }, clerk)).toEqual(['return', 'close'])
  })
})

describe('what may be granted', () => {
  test('is a month of the standard for each person, to the fen', () => {
    const people = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 500_000 }), (count, fen) => {
        const most = 159_500 * count
        const measured = measure({ fen, way: 'cash' }, count, known)
        if (fen > most) expect(measured).toEqual({ over: most })
        else expect(measured).toMatchObject({ fen: 159_500, stated: false, most })
      }),
    )
    expect(measure({ fen: 159_500, way: 'cash' }, 1, known)).toMatchObject({ most: 159_500 })
    expect(measure({ fen: 159_501, way: 'cash' }, 1, known)).toEqual({ over: 159_500 })
  })

  test('is never counted by a standard that ran out: the official states the one in force', () => {
    for (const line of [expired, nothing]) {
      expect(measure({ fen: 100, way: 'cash' }, 1, line)).toBe('line-needed')
      const stated = { fen: 170_000, source: '区民政局通知' }
      expect(measure({ fen: 165_000, way: 'cash', line: stated }, 1, line)).toEqual({
        fen: 170_000,
        source: '区民政局通知',
        stated: true,
        most: 170_000,
      })
    }
  })

  test('is not counted by another standard than the one in force', () => {
    const stated = { fen: 170_000, source: '区民政局通知' }
    expect(measure({ fen: 100, way: 'cash', line: stated }, 1, known)).toBe('line-known')
  })
})

describe('the standard of a day', () => {
  const parameter: Parameter = {
    id: lineParameter,
    name: '低保标准',
    type: 'money',
    range: ['0', null],
    unit: '元/人/月',
    adjusts: '07-01',
    rows: [
      {
        from: '2024-07-01',
        value: '1595',
        document: '沪民规〔2024〕13号',
        source: [],
        confidence: 'high',
        knownUntil: '2025-06-30',
      },
    ],
  } as unknown as Parameter

  test('is known until its year is over, and afterwards what it was', () => {
    expect(lineOn([parameter], '2025-06-30')).toEqual(known)
    expect(lineOn([parameter], '2025-07-01')).toEqual(expired)
  })

  test('is missing before the first, or where no such parameter is', () => {
    expect(lineOn([parameter], '2000-01-01')).toEqual(nothing)
    expect(lineOn([], '2025-06-30')).toEqual(nothing)
  })
})
