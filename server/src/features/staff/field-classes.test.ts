import { expect, test } from 'vitest'
import { mayOf } from './access-matrix.ts'
import { type FieldClass, fieldClasses, gradeOf, isClear, shownForReason } from './field-classes.ts'
import { administrators, capabilities, roles } from './staff.ts'

const all = Object.keys(fieldClasses) as FieldClass[]

test('the three administrators, and a role that does not exist, are shown nothing of anybody', () => {
  for (const role of [...administrators, '', 'job', 'toString', '__proto__'])
    for (const one of all)
      expect(isClear(one, { role, hasDuty: true, hasReason: true }), `${role} ${one}`).toBe(false)
})

test('the district sees neither health nor free text, ID number or phone before it says why', () => {
  const hidden = ['id-number', 'phone', 'need-signal', 'clinical', 'free-text', 'scale'] as const
  expect(shownForReason('district')).toEqual(hidden)
  for (const one of hidden) {
    expect(isClear(one, { role: 'district', hasDuty: true, hasReason: false })).toBe(false)
    expect(isClear(one, { role: 'district', hasDuty: false, hasReason: true })).toBe(true)
  }
})

test('clinical facts are clear to no advisor and no township, duty and reason or not', () => {
  for (const role of ['advisor', 'township']) expect(gradeOf(role, 'clinical')).toBe('masked')
})

test('only a duty shows an advisor phones and signs of need; a reason does not', () => {
  for (const one of ['phone', 'need-signal'] as const) {
    expect(isClear(one, { role: 'advisor', hasDuty: true, hasReason: false })).toBe(true)
    expect(isClear(one, { role: 'advisor', hasDuty: false, hasReason: true })).toBe(false)
  }
})

test('a role is no appointment, and an appointment no role', () => {
  for (const role of Object.keys(roles)) expect(mayOf('', [role])).toEqual([])
  for (const capability of Object.keys(capabilities)) expect(mayOf(capability)).toEqual([])
})
