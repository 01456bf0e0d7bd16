import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  afterDisposition,
  coolDownDays,
  decide,
  type Disposition,
  dispositions,
  type Handling,
  isSnoozeDay,
  type LeadAnswer,
  type Receipt,
  rests,
  type StandingLine,
  untouched,
} from './lead.ts'

const today = '2025-06-01'
const rollOn = '2025-06-01'
const no: Receipt = { known: 'no', rollOn }
const eligible: LeadAnswer = { verdict: 'eligible', follows: false, needSignal: false, hash: 1 }
const pending: LeadAnswer = { ...eligible, verdict: 'unknown' }
const line: StandingLine = { ...untouched, verdict: 'eligible', hash: 1, rollOn }
const after = (disposition: Disposition, on = today): StandingLine => ({
  ...line,
  ...afterDisposition(disposition, { reason: '手续麻烦' }, on),
})

describe('raising', () => {
  test('eligible and missing from a complete roll raises a line', () => {
    expect(decide(undefined, eligible, no, today)).toEqual({ kind: 'raise', rollOn })
  })
  test('unknown receipt raises nothing', () => {
    expect(decide(undefined, eligible, { known: 'unknown' }, today).kind).toBe('keep')
  })
  test('who already receives it gets no line', () => {
    expect(decide(undefined, eligible, { known: 'yes' }, today).kind).toBe('keep')
  })
  test('a bare 待核实 raises nothing, with a known sign of need it does', () => {
    expect(decide(undefined, pending, no, today).kind).toBe('keep')
    expect(decide(undefined, { ...pending, needSignal: true }, no, today).kind).toBe('raise')
  })
  test('what would only follow from something unconfirmed is never a lead of its own', () => {
    expect(decide(undefined, { ...eligible, follows: true }, no, today).kind).toBe('keep')
    const signalled = { ...pending, needSignal: true, follows: true }
    expect(decide(undefined, signalled, no, today).kind).toBe('keep')
  })
  test('a near miss raises nothing', () => {
    expect(decide(undefined, { ...eligible, verdict: 'ineligible' }, no, today).kind).toBe('keep')
  })
})

describe('a line that stands', () => {
  test('stays as it is while nothing changed', () => {
    expect(decide(line, eligible, no, today).kind).toBe('keep')
    expect(decide(after('told'), eligible, no, today).kind).toBe('keep')
  })
  test('takes over a new amount and keeps what was recorded', () => {
    const move = decide(after('interested'), { ...eligible, hash: 2 }, no, today)
    expect(move).toEqual({ kind: 'refresh', verdict: 'eligible', rollOn })
  })
  test('closes when the award arrives', () => {
    for (const standing of [line, after('interested'), after('already-has')]) {
      const move = decide(standing, eligible, { known: 'yes' }, today)
      expect(move).toEqual({ kind: 'close', reason: 'receiving' })
    }
  })
  test('closes when eligibility is lost, whatever was recorded', () => {
    for (const standing of [line, after('interested'), after('declined')]) {
      const move = decide(standing, undefined, no, today)
      expect(move).toEqual({ kind: 'close', reason: 'no-longer-eligible' })
    }
  })
  test('that became 待核实 closes if nobody has begun, and stays with whoever has', () => {
    expect(decide(line, { ...pending, hash: 2 }, no, today).kind).toBe('close')
    expect(decide(after('told'), { ...pending, hash: 2 }, no, today)).toEqual({
      kind: 'refresh',
      verdict: 'unknown',
      rollOn,
    })
  })
  test('falls with the roll it rests on, unless somebody has spoken with the person', () => {
    const gone: Receipt = { known: 'unknown', withdrawn: true }
    expect(decide(line, eligible, gone, today)).toEqual({ kind: 'close', reason: 'roll-withdrawn' })
    const told = { ...line, disposition: 'told' as const }
    expect(decide(told, eligible, gone, today).kind).toBe('keep')
  })
  test('stays when the roll grows old: unknown is not no', () => {
    expect(decide(line, eligible, { known: 'unknown' }, today).kind).toBe('keep')
  })
})

describe('a line at rest', () => {
  const declined = after('declined')
  test('is not raised again within 180 days', () => {
    expect(decide(declined, eligible, no, addDays(today, coolDownDays - 1)).kind).toBe('keep')
  })
  test('is raised again after 180 days', () => {
    const move = decide(declined, eligible, no, addDays(today, coolDownDays))
    expect(move).toEqual({ kind: 'replace', reason: 'cooled-down', rollOn })
  })
  test('is raised again at once when the facts change', () => {
    const move = decide(declined, { ...eligible, hash: 2 }, no, today)
    expect(move).toEqual({ kind: 'replace', reason: 'facts-changed', rollOn })
  })
  test('is not raised again on a change that makes it 待核实, or without a fresh roll', () => {
    expect(decide(declined, { ...pending, hash: 2 }, no, today).kind).toBe('keep')
    const later = addDays(today, 300)
    expect(decide(declined, eligible, { known: 'unknown' }, later).kind).toBe('keep')
  })
})

const anyAnswer = fc.option(
  fc.record({
    verdict: fc.constantFrom('eligible', 'unknown', 'ineligible'),
    follows: fc.boolean(),
    needSignal: fc.boolean(),
    hash: fc.constantFrom(1, 2),
  }),
  { nil: undefined },
)
const withdrawn: Receipt = { known: 'unknown', withdrawn: true }
const anyReceipt = fc.constantFrom<Receipt[]>(
  { known: 'yes' },
  { known: 'unknown' },
  withdrawn,
  no,
  {
    known: 'no',
    rollOn: '2025-05-01',
  },
)
const anyLine = fc.option(
  fc
    .tuple(
      fc.option(fc.constantFrom(...dispositions), { nil: null }),
      fc.integer({ min: 0, max: 400 }),
    )
    .map(([disposition, ago]) => (disposition ? after(disposition, addDays(today, -ago)) : line)),
  { nil: undefined },
)
const runs = Number(process.env['QIAO_PROPERTY_RUNS'] ?? 300)

test('deciding twice changes nothing the second time', () => {
  fc.assert(
    fc.property(anyLine, anyAnswer, anyReceipt, (standing, answer, receipt) => {
      const move = decide(standing, answer, receipt, today)
      const then = applied(standing, move, answer)
      expect(decide(then, answer, receipt, today).kind).toBe('keep')
    }),
    { numRuns: runs },
  )
})

test('no line stands for somebody who receives it or plainly is not eligible', () => {
  fc.assert(
    fc.property(anyLine, anyAnswer, anyReceipt, (standing, answer, receipt) => {
      const then = applied(standing, decide(standing, answer, receipt, today), answer)
      if (receipt.known === 'yes' || !answer || answer.verdict === 'ineligible') {
        expect(then).toBeUndefined()
      }
    }),
    { numRuns: runs },
  )
})

test('a run never takes away or changes what an advisor recorded, except by closing the line', () => {
  fc.assert(
    fc.property(anyLine, anyAnswer, anyReceipt, (standing, answer, receipt) => {
      const move = decide(standing, answer, receipt, today)
      const then = applied(standing, move, answer)
      if (!standing || move.kind === 'close' || move.kind === 'replace') return
      expect(then?.disposition).toBe(standing.disposition)
      expect(then?.state).toBe(standing.state)
    }),
    { numRuns: runs },
  )
})

test('every record leads to a state of its own, and undoing goes back step by step', () => {
  const step = fc.oneof(fc.constantFrom(...dispositions), fc.constant('undo' as const))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let handling: Handling = untouched
      const before: Handling[] = []
      for (const one of steps) {
        if (one === 'undo') {
          handling = before.pop() ?? handling
          continue
        }
        before.push(handling)
        handling = afterDisposition(one, { reason: one }, today)
        expect(handling.state).toBe(rests(one) ? 'cooling' : 'open')
        expect(handling.coolsUntil !== null).toBe(rests(one))
        expect(handling.disposition).toBe(one)
      }
      while (before.length > 0) handling = before.pop() ?? handling
      expect(handling).toEqual(untouched)
    }),
    { numRuns: runs },
  )
})

function applied(
  standing: StandingLine | undefined,
  move: ReturnType<typeof decide>,
  answer: LeadAnswer | undefined,
): StandingLine | undefined {
  if (move.kind === 'keep') return standing
  if (move.kind === 'close') return undefined
  const verdict = answer?.verdict === 'eligible' ? 'eligible' : 'unknown'
  const content = { verdict, hash: answer?.hash ?? 0, rollOn: move.rollOn } as const
  return move.kind === 'refresh' && standing
    ? { ...standing, ...content }
    : { ...untouched, ...content }
}

test('a lead is put aside until a day within a year', () => {
  expect(isSnoozeDay('2025-06-01', today)).toBe(false)
  expect(isSnoozeDay('2025-06-02', today)).toBe(true)
  expect(isSnoozeDay('2026-06-01', today)).toBe(true)
  expect(isSnoozeDay('2026-07-01', today)).toBe(false)
})
