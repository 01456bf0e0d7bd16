import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { features } from '../server/src/features/order.ts'
import { demoPassword } from '../server/src/features/staff/demo-accounts.ts'
import { settings } from '../server/src/platform/settings.ts'

/** What a document says of the program, held against the program. */

const read = (file: string): string => readFileSync(file, 'utf8')
const source = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|sql|yaml)$/.test(file) && !file.startsWith('checks/'))
  .filter((file) => existsSync(file))
  .map(read)
  .join('\n')
const defaultOf = (name: string) => settings.find((setting) => setting.name === name)?.default ?? ''

describe('GLOSSARY.md', () => {
  const rows = read('GLOSSARY.md')
    .split('\n')
    .filter(
      (line) =>
        line.startsWith('| ') && !line.startsWith('| --- ') && !line.startsWith('| English'),
    )
  const identifiers = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)(?:\(P\))?`/g)].map((match) => match[1] ?? ''),
  )

  test.each(identifiers)('the code says %s', (identifier) => {
    const inSnakeCase = identifier.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const word = new RegExp(`(?<![A-Za-z])(${identifier}|${inSnakeCase})(?![a-z])`)
    expect(source).toMatch(word)
  })

  test('every term is there once', () => {
    const terms = rows.map((row) => row.split('|')[1]?.trim())
    expect(terms).toEqual([...new Set(terms)])
  })
})

describe('README', () => {
  test.each(['README.md', 'README.zh-CN.md'])(
    '%s tells the residents, the day and the rules of Node',
    (file) => {
      const text = read(file)
      expect(text).toContain(Number(defaultOf('QIAO_RESIDENTS')).toLocaleString('en'))
      expect(text).toContain(defaultOf('QIAO_TODAY').slice(0, 10))
      const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
      expect(text).toContain(`Node ${engines.node.replace('>=', '≥ ')}`)
    },
  )

  test('the pictures it shows were taken by the browser test', () => {
    const shown = ['README.md', 'README.zh-CN.md'].flatMap((file) =>
      [...read(file).matchAll(/docs\/pictures\/([\w-]+)\.png/g)].map((match) => match[1] ?? ''),
    )
    const taken = read('web/test/visit.ts')
    expect(shown.length).toBeGreaterThan(0)
    for (const name of shown) {
      expect(existsSync(`docs/pictures/${name}.png`), name).toBe(true)
      expect(taken).toContain(`'${name}'`)
    }
  })

  test('the password of the demonstration is printed by the program, not by a document', () => {
    expect(read('README.md')).not.toContain(demoPassword)
  })
})

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md')

  test('is one page', () => {
    expect(text.split('\n').length).toBeLessThan(100)
  })

  test.each(['households', 'eligibility', 'leads', 'policies'])(
    'the path of a fact goes through %s',
    (feature) => {
      expect(features as readonly string[]).toContain(feature)
      expect(text).toContain(`**${feature}**`)
    },
  )

  test('the jobs and tables it names exist', () => {
    for (const name of ['household.changed']) {
      expect(text).toContain(name)
      expect(source).toContain(`'${name}'`)
    }
  })
})
