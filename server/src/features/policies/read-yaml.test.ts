import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { shippedPackFolder } from './pack-files.ts'
import { readYaml } from './read-yaml.ts'

const files = (await readdir(shippedPackFolder, { recursive: true })).filter((name) =>
  name.endsWith('.yaml'),
)
const texts = await Promise.all(
  files.map((name) => readFile(join(shippedPackFolder, name), 'utf8')),
)

/** What a parser says of a text: its value, or that it refuses. */
function told(read: (text: string) => unknown, text: string): unknown {
  try {
    return read(text)
  } catch {
    return 'refused'
  }
}

test('the quick parser says of every policy file and case what the careful one says', () => {
  expect(files.length).toBeGreaterThan(60)
  for (const [i, text] of texts.entries()) expect(readYaml(text), files[i]).toEqual(parse(text))
})

/** A few lines of a policy file with a slip of the pen in them. */
const slips = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(
      ':',
      '-',
      '"',
      "'",
      '{',
      '[',
      '#',
      '0',
      '&a',
      '*a',
      '~',
      '\t',
      'yes',
      '0x1F',
      '',
    ),
  )
  .map(([text, line, at, slip]) => {
    const lines = text.split('\n')
    const start = line % lines.length
    const part = lines.slice(start, start + 6).join('\n')
    const place = at % (part.length + 1)
    return part.slice(0, place) + slip + part.slice(place + 1)
  })

test('a slip of the pen means the same to both, or is refused', () => {
  fc.assert(
    fc.property(slips, (text) => {
      // A key left out has another name in each; no pack has a fact or a field of either name.
      fc.pre(!/(^|[-{,[?])\s*:/m.test(text))
      expect(told(readYaml, text)).toEqual(told((one) => parse(one, { logLevel: 'error' }), text))
    }),
    { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 200) },
  )
})
