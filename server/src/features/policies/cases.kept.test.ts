import { join } from 'node:path'
import { explain, type Pack, type Result } from '@qiao/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCases } from './case-files.ts'
import { answersTo, dayOf, factsOf, type PolicyCase, resultFor } from './cases.ts'
import { loadPackFolder, type PackFiles, packOf, shippedPackFolder } from './pack-files.ts'

const { examples, programmes } = readCases(join(shippedPackFolder, 'cases'))
const { pack, files } = await loadPackFolder()
const all = programmes.flatMap(({ cases }) => cases)

/** Edits of rules and figures as an author might make them. */
const edits: readonly (readonly [RegExp, string])[] = [
  [/(?<=value: )\d+/g, '7'],
  [/<= /g, '< '],
  [/ and /g, ' or '],
  [/(?<=from: )20\d\d/g, '2019'],
  [/(?<=to: )20\d\d/g, '2031'],
  [/confidence: high/g, 'confidence: low'],
  [/(?<=range: \[0, )\d+/g, '1'],
  [/whenNull: unmet/g, 'whenNull: met'],
  [/whenNull: met/g, 'whenNull: unmet'],
  [/(?<=expr: )/g, '2 * '],
]

const anEdit = fc.record({
  path: fc.constantFrom(...Object.keys(files).filter((path) => path !== 'pack.yaml')),
  edit: fc.constantFrom(...edits),
  at: fc.nat(40),
})

function edited({ path, edit: [pattern, by], at }: Edit): PackFiles | null {
  const text = files[path] ?? ''
  const places = [...text.matchAll(pattern)]
  const place = places[at % Math.max(1, places.length)]
  if (!place) return null
  const end = place.index + place[0].length
  return { ...files, [path]: text.slice(0, place.index) + by + text.slice(end) }
}

type Edit = typeof anEdit extends fc.Arbitrary<infer T> ? T : never

/** All that a case may expect; the words of a condition may be those before the edit. */
function said(of: PolicyCase, results: readonly Result[]): unknown {
  return of.expect.map((expected) => {
    const result = resultFor(results, expected)
    if (!result) return null
    const { conditions, missing, nextChange: _next, ...rest } = result
    return {
      ...rest,
      missing: missing.map(({ fact, member }) => [fact, member]),
      conditions: conditions.map(({ text: _text, clause: _clause, reads: _reads, ...own }) => own),
    }
  })
}

/** Cases of the programme that was edited, and of others: some stand on it, most do not. */
function tried({ path }: Edit, start: number): readonly PolicyCase[] {
  const own = programmes.find(({ programme }) => path === `programmes/${programme}.yaml`)?.cases
  const some = (from: readonly PolicyCase[], most: number) =>
    Array.from(
      { length: Math.min(most, from.length) },
      (_, i) => from[(start + i * 7) % from.length],
    )
  return [...some(own ?? [], 12), ...some(all, 12)].flatMap((one) => one ?? [])
}

/** What an answer says, or why there is none. */
function attempt(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return String(error)
  }
}

function anew(of: Pack, one: PolicyCase): readonly Result[] {
  const [programme, ...others] = new Set(one.expect.map((expected) => expected.programme))
  return explain(of, factsOf(of, one, examples), dayOf(one), {
    parameterValues: { ...one.suppose },
    ...(programme === undefined || others.length > 0 ? {} : { programme }),
  })
}

/** Edits that each touch another part of what answers come from, and a programme whose answers they change. */
const parts: readonly (readonly [string, string, RegExp, string, string])[] = [
  ['an amount', 'binzang.yaml', /expr: (?=min\(基本殡葬费用)/, 'expr: 2 * ', 'binzang'],
  ['a figure', 'dibao.yaml', /(?<=value: )1595/, '7', 'dibao'],
  ['a figure of what it waits for', 'dibao.yaml', /(?<=value: )1595/, '7', 'edge-household'],
  [
    'until when figures are known',
    'edge-household.yaml',
    /(?<=adjusts: ")07/,
    '03',
    'edge-household',
  ],
  ['a condition', 'dibao.yaml', /not\(生活用机动车\)/, '生活用机动车', 'dibao'],
  [
    'how sure a condition is',
    'dibao.yaml',
    /(?<=id: vehicle[^]*?confidence: )low/,
    'high',
    'dibao',
  ],
]

test.each(parts)('%s of another pack is not overlooked', (_what, file, pattern, by, programme) => {
  const path = `programmes/${file}`
  const text = files[path] ?? ''
  const made = packOf({ ...files, [path]: text.replace(pattern, by) })
  if ('problems' in made) throw new Error(made.problems.map(({ message }) => message).join('\n'))
  const own = programmes.find((one) => one.programme === programme)?.cases ?? []
  // Every third: the days of a programme's cases are many, and each is made ready anew.
  const told = own
    .filter((_, i) => i % 3 === 0)
    .map((one) => {
      const before = said(one, answersTo(pack, one, examples))
      const after = said(one, answersTo(made, one, examples))
      expect(after, one.case).toEqual(said(one, anew(made, one)))
      return JSON.stringify(before) === JSON.stringify(after)
    })
  expect(told).toContain(false)
})

test('answers to cases that are kept from another pack are those the edited one gives', () => {
  let [kept, other] = [0, 0]
  fc.assert(
    fc.property(anEdit, fc.nat(1000), (edit, start) => {
      const changed = edited(edit)
      const made = changed && packOf(changed)
      fc.pre(made !== null && !('problems' in made))
      if (!made || 'problems' in made) return
      for (const one of tried(edit, start)) {
        const told = attempt(() => said(one, answersTo(made, one, examples)))
        expect(told, one.case).toEqual(attempt(() => said(one, anew(made, one))))
        const same = attempt(
          () => answersTo(pack, one, examples) === answersTo(made, one, examples),
        )
        if (same === true) kept++
        else other++
      }
    }),
    { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 300) / 20 },
  )
  // Else nothing was shown of what is kept, or of what is not.
  expect(kept).toBeGreaterThan(0)
  expect(other).toBeGreaterThan(0)
})
