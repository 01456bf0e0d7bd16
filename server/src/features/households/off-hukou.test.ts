import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hukouCode, offHukou, type RegisteredIn, townshipOf } from './off-hukou.ts'

const township = fc.integer({ min: 1, max: 20 }).map((n) => `310118${String(n).padStart(3, '0')}`)
const committee = fc
  .tuple(township, fc.integer({ min: 1, max: 999 }))
  .map(([above, n]) => `${above}${String(n).padStart(3, '0')}`)
const inDistrict = fc
  .oneof(township, committee)
  .map((area): RegisteredIn => ({ area, outside: null }))
const outside = fc
  .constantFrom('shanghai' as const, 'elsewhere' as const)
  .map((one): RegisteredIn => ({ area: null, outside: one }))
const place = fc.oneof(inDistrict, outside)
const said = fc.option(fc.constantFrom('1', '2', '3', '4', '5', '6'))

describe('whoever lives where they are registered or elsewhere', () => {
  test('is answered for by the township of registration, assisted by that of residence', () => {
    fc.assert(
      fc.property(committee, inDistrict, said, (home, registered, code) => {
        const { standing, accepts, assists } = offHukou(home, registered, code)
        const isSame = townshipOf(registered.area ?? '') === townshipOf(home)
        expect(standing).toBe(isSame ? 'same' : 'other-township')
        expect(accepts).toBe(townshipOf(registered.area ?? ''))
        expect(assists).toBe(isSame ? null : townshipOf(home))
      }),
    )
  })

  test('of outside the district has no township here that accepts; the one of residence assists', () => {
    fc.assert(
      fc.property(committee, outside, said, (home, registered, code) => {
        expect(offHukou(home, registered, code)).toEqual({
          standing: registered.outside === 'shanghai' ? 'other-district' : 'other-province',
          accepts: null,
          assists: townshipOf(home),
        })
      }),
    )
  })

  test('assists only where they differ, and nobody assists themselves', () => {
    fc.assert(
      fc.property(committee, fc.option(place), said, (home, registered, code) => {
        const { standing, accepts, assists } = offHukou(home, registered, code)
        expect(assists === null).toBe(standing === 'same' || standing === 'unknown')
        expect(assists === null || accepts !== assists).toBe(true)
      }),
    )
  })

  test('is known by the fact where no place is recorded, and as the place says where one is', () => {
    fc.assert(
      fc.property(committee, place, said, (home, registered, code) => {
        const byFact = offHukou(home, null, hukouCode(home, registered))
        expect(byFact.standing).toBe(offHukou(home, registered, code).standing)
      }),
    )
  })

  test('is unknown where nothing is, and where there is no registration to speak of', () => {
    for (const code of [null, '5', '6'])
      expect(offHukou('310118001001', null, code)).toEqual({
        standing: 'unknown',
        accepts: null,
        assists: null,
      })
  })

  test('moving house changes who assists, never who accepts', () => {
    fc.assert(
      fc.property(committee, committee, place, (before, after, registered) => {
        expect(offHukou(after, registered, null).accepts).toBe(
          offHukou(before, registered, null).accepts,
        )
      }),
    )
  })
})
