import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  after,
  correctionEvents,
  mayAnswer,
  openStates,
  raised,
  type Standing,
} from './correction.ts'

const events = fc.array(fc.constantFrom(...correctionEvents), { maxLength: 12 })
const standingAfter = (all: readonly (typeof correctionEvents)[number][]): Standing =>
  all.reduce(after, raised)

test('a source answers only what it was sent, and only once', () => {
  fc.assert(
    fc.property(events, fc.constantFrom('adopted' as const, 'refused' as const), (past, answer) => {
      const before = standingAfter(past)
      const now = after(before, answer)
      expect(now.state === before.state).toBe(before.state !== 'sent')
      expect(after(now, answer)).toEqual(now)
      expect(mayAnswer(before.state)).toBe(before.state === 'sent')
    }),
  )
})

test('what is answered or withdrawn stays so; only what a delivery closed opens again, with that delivery', () => {
  fc.assert(
    fc.property(events, fc.constantFrom(...correctionEvents), (past, event) => {
      const before = standingAfter(past)
      if (openStates.includes(before.state)) return
      const now = after(before, event)
      if (before.brought && event === 'unbrought') expect(openStates).toContain(now.state)
      else expect(now).toEqual(before)
    }),
  )
})

test('what was sent is never waiting again, and nothing but sending makes it sent', () => {
  fc.assert(
    fc.property(events, (past) => {
      const { state, sent } = standingAfter(past)
      if (sent) expect(state).not.toBe('waiting')
      if (state === 'sent' || state === 'refused') expect(sent).toBe(true)
      if (!past.includes('sent')) expect(sent).toBe(false)
    }),
  )
})

test('a delivery that brings our value closes it as adopted; taken back, it stands where it stood', () => {
  fc.assert(
    fc.property(events, (past) => {
      const before = standingAfter(past)
      if (!openStates.includes(before.state)) return
      const closed = after(before, 'brought')
      expect(closed.state).toBe('adopted')
      expect(after(closed, 'unbrought')).toEqual(before)
    }),
  )
})
