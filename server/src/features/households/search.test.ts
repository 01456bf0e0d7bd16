import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCharacter, daysLike, formsOf, readIdNumber, swapsOf } from './id-number.ts'
import { identityOf, probesOf, ranked, weigh } from './search.ts'

const nobody = {
  idNumber: null,
  name: null,
  birthDate: null,
  phone: false,
  address: false,
} as const

/** Any valid number of somebody born in the last century. */
const idNumbers = fc
  .record({
    born: fc.date({
      min: new Date('1900-01-01'),
      max: new Date('1999-12-31'),
      noInvalidDate: true,
    }),
    sequence: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ born, sequence }) => {
    const day = born.toISOString().slice(0, 10).replaceAll('-', '')
    const first17 = `310199${day}${String(sequence).padStart(3, '0')}`
    return first17 + checkCharacter(first17)
  })

describe('an ID number', () => {
  test('of 15 digits is that of 18, and says the same day and sex', () => {
    fc.assert(
      fc.property(idNumbers, (number) => {
        const [of18, of15 = ''] = formsOf(number)
        expect(of15).toHaveLength(15)
        expect(readIdNumber(of15)).toEqual(readIdNumber(of18 ?? ''))
      }),
    )
  })

  test('of somebody born since 2000 has no form of 15 digits', () => {
    const first17 = '31019920010203001'
    expect(formsOf(first17 + checkCharacter(first17))).toHaveLength(1)
  })

  test('is found from what it becomes by swapping two neighbours, and the other way round', () => {
    fc.assert(
      fc.property(idNumbers, (number) => {
        for (const one of swapsOf(number)) {
          expect(readIdNumber(one)).not.toHaveProperty('wrong')
          expect(swapsOf(one)).toContain(number)
        }
      }),
    )
  })

  test.each([
    ['31019919490501002', '要填 18 位或 15 位身份证号'],
    ['310199194913010021', '号码里的出生日期不存在'],
  ])('%s is none: %s', (number, wrong) => {
    expect(readIdNumber(number)).toEqual({ wrong })
  })

  test('with one digit wrong is refused by its check character', () => {
    const [number = ''] = fc.sample(idNumbers, { numRuns: 1, seed: 1 })
    const last = number[17] === '1' ? '2' : '1'
    expect(readIdNumber(number.slice(0, 17) + last)).toEqual({ wrong: '校验位不对' })
  })
})

test('days with two digits swapped, or month and day, are like one another', () => {
  expect(daysLike('1949-05-10')).toEqual(
    expect.arrayContaining(['1994-05-10', '1949-05-01', '1949-10-05']),
  )
  expect(daysLike('1949-05-10')).not.toContain('1949-05-10')
})

describe('whoever is sought', () => {
  test('has the day of birth that the number says, whatever else was typed', () => {
    const [number = ''] = fc.sample(idNumbers, { numRuns: 1, seed: 1 })
    const probes = probesOf({ name: '王 五', idNumber: number, birthDate: '2020-01-01' })
    expect(probes).toMatchObject({ name: '王五', idNumbers: formsOf(number) })
    expect(probes).toHaveProperty(
      'birthDate',
      (readIdNumber(number) as { birthDate: string }).birthDate,
    )
  })

  test('is another one with another name, number or day of birth', () => {
    const identity = (more: object) => {
      const probes = probesOf({ name: '王五', birthDate: '1949-05-10', ...more })
      return 'wrong' in probes ? probes.wrong : identityOf(probes)
    }
    expect(identity({ address: '1号', phone: '139 0000 0000' })).toBe(identity({}))
    for (const other of [{ name: '王武' }, { birthDate: '1949-05-01' }])
      expect(identity(other)).not.toBe(identity({}))
  })
})

describe('how like somebody is', () => {
  test('is said with each reason, the weightiest sum first', () => {
    const both = weigh({ ...nobody, name: 'sound', birthDate: 'like' })
    expect(both.reasons).toEqual(['same-sound', 'like-birth-date'])
    const hits = [weigh({ ...nobody, name: 'same' }), both, weigh({ ...nobody, idNumber: 'same' })]
    expect(ranked(hits).map(({ reasons }) => reasons[0])).toEqual([
      'same-id-number',
      'same-sound',
      'same-name',
    ])
  })

  test('an address alone shows nobody', () => {
    expect(ranked([weigh({ ...nobody, address: true })])).toEqual([])
  })
})
