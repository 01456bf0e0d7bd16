import { beforeAll, describe, expect, test } from 'vitest'
import type { Pack } from '@qiao/rules'
import { loadPackFolder, shippedPackFolder } from '../policies/pack-files.ts'
import { type Catalogue, factsFor, readCatalogue } from './catalogue.ts'
import { type FeelRule, makeReady, sensitivityOfReads } from './feel.ts'

let catalogue: Catalogue
let pack: Pack
beforeAll(async () => {
  catalogue = await readCatalogue()
  pack = (await loadPackFolder(shippedPackFolder)).pack
})

const rulesOf = (): FeelRule[] =>
  catalogue.signals.flatMap(({ id, entity, rule, redRule }) =>
    entity && rule
      ? [
          { name: id, entity, feel: rule },
          ...(redRule ? [{ name: `${id} red`, entity, feel: redRule }] : []),
        ]
      : [],
  )

describe('the catalogue that comes with Qiao', () => {
  test('has twenty-eight signals, each with whose data tells of it', () => {
    expect(catalogue.signals.map(({ id }) => id)).toEqual(
      Array.from({ length: 28 }, (_, i) => `A${String(i + 1).padStart(2, '0')}`),
    )
    for (const { owner, name, en } of catalogue.signals) expect([owner, name, en]).not.toContain('')
  })

  test('has a rule for each signal that is raised by one, and for no other', () => {
    for (const { kind, rule, entity } of catalogue.signals)
      expect(kind === 'rule').toBe(rule !== undefined && entity !== undefined)
  })

  test('has rules that read what is on record, and in the class of what they read', () => {
    const ready = makeReady(rulesOf(), factsFor(pack, catalogue), '2025-06-01')
    if ('wrong' in ready) throw new Error(JSON.stringify(ready.wrong))
    const classes = Object.fromEntries(
      rulesOf().map(({ name }, place) => [name, sensitivityOfReads(ready.reads[place] ?? [])]),
    )
    expect(classes).toMatchObject({
      A01: 'need-signal',
      A02: 'need-signal',
      A03: 'need-signal',
      A04: 'plain',
      A09: 'need-signal',
      A11: 'need-signal',
      A12: 'clinical',
    })
  })

  test('keeps what only some may know to the people named', () => {
    const restricted = catalogue.signals.filter((one) => one.restricted).map(({ id }) => id)
    expect(restricted).toEqual(['A10', 'A13', 'A26'])
  })
})

test('a rule that asks for what nobody knows is refused with the word', () => {
  const rules = [{ name: 'A04', entity: 'person', feel: '失业的月数 >= 6' }] as const
  const ready = makeReady(rules, factsFor(pack, catalogue), '2025-06-01')
  if (!('wrong' in ready)) throw new Error('was taken')
  expect(ready.wrong[0]?.message).toContain('失业的月数')
})
