import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Requirements of OWASP ASVS 4.0.3 at level 2, by chapter and section: how the standard numbers them. */
const sections: Readonly<Record<string, string>> = {
  '1.1': '1-7',
  '1.2': '1-4',
  '1.4': '1 4 5',
  '1.5': '1-4',
  '1.6': '1-4',
  '1.7': '1-2',
  '1.8': '1-2',
  '1.9': '1-2',
  '1.10': '1',
  '1.11': '1-2',
  '1.12': '2',
  '1.14': '1-6',
  '2.1': '1-12',
  '2.2': '1-3',
  '2.3': '1-3',
  '2.4': '1-6',
  '2.5': '1-7',
  '2.6': '1-3',
  '2.7': '1-6',
  '2.8': '1-7',
  '2.9': '1-3',
  '2.10': '1-4',
  '3.1': '1',
  '3.2': '1-4',
  '3.3': '1-4',
  '3.4': '1-5',
  '3.5': '1-3',
  '3.7': '1',
  '4.1': '1-3 5',
  '4.2': '1-2',
  '4.3': '1-3',
  '5.1': '1-5',
  '5.2': '1-8',
  '5.3': '1-10',
  '5.4': '1-3',
  '5.5': '1-4',
  '6.1': '1-3',
  '6.2': '1-6',
  '6.3': '1-2',
  '6.4': '1-2',
  '7.1': '1-4',
  '7.2': '1-2',
  '7.3': '1 3 4',
  '7.4': '1-3',
  '8.1': '1-4',
  '8.2': '1-3',
  '8.3': '1-8',
  '9.1': '1-3',
  '9.2': '1-4',
  '10.2': '1-2',
  '10.3': '1-3',
  '11.1': '1-8',
  '12.1': '1-3',
  '12.2': '1',
  '12.3': '1-6',
  '12.4': '1-2',
  '12.5': '1-2',
  '12.6': '1',
  '13.1': '1 3-5',
  '13.2': '1-3 5-6',
  '13.3': '1-2',
  '13.4': '1-2',
  '14.1': '1-4',
  '14.2': '1-6',
  '14.3': '2-3',
  '14.4': '1-7',
  '14.5': '1-4',
}

const wanted = Object.entries(sections).flatMap(([section, numbers]) =>
  numbers.split(' ').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => `${section}.${from + i}`)
  }),
)

const rows = readFileSync('docs/reference/security.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, id = '', stands = '', how = '', by = ''] = line.split('|').map((cell) => cell.trim())
    return { id, stands, how, by }
  })

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
}).split('\n')

describe('docs/reference/security.md', () => {
  test('has every requirement of level 2 once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(wanted)
  })

  test.each(rows)('$id says how it stands, and what is met is shown by something', (row) => {
    expect(['met', 'part', 'open', 'site', 'none']).toContain(row.stands)
    expect(row.how.length).toBeGreaterThan(2)
    if (row.stands === 'met') expect(row.by).not.toBe('')
  })

  test.each(rows.filter(({ by }) => by !== ''))('$id is shown by $by', ({ by }) => {
    const [, file = '', words] = /^`([^`]+)`(?: › (.+))?$/.exec(by) ?? []
    if (words === undefined) {
      expect(existsSync(file), file).toBe(true)
      return
    }
    const found = files.filter((path) => basename(path) === file)
    expect(found).not.toEqual([])
    expect(found.some((path) => readFileSync(path, 'utf8').includes(words))).toBe(true)
  })
})
