import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const read = (file: string): string => readFileSync(file, 'utf8')
const documents = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))
const packageJson = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

describe('documents', () => {
  test.each(documents)('every link in %s leads to a file', (file) => {
    const links = [...read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      (match) => match[1] ?? '',
    )
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !existsSync(join(dirname(file), link)))
    expect(broken).toEqual([])
  })

  test('the README commands are scripts of package.json, in both languages', () => {
    for (const file of ['README.md', 'README.zh-CN.md']) {
      const commands = [...read(file).matchAll(/npm (?:run )?([a-z:]+)/g)].map(
        (match) => match[1] ?? '',
      )
      expect(commands.length).toBeGreaterThan(2)
      for (const command of commands) {
        if (command !== 'ci') expect(packageJson.scripts).toHaveProperty(command)
      }
    }
  })

  test('every room that ARCHITECTURE.md draws exists', () => {
    const rooms = [
      'policy',
      'rules',
      'server/migrations',
      'server/src/main.ts',
      'server/src/cli.ts',
    ]
    rooms.push(
      'server/src/app.ts',
      'server/src/district',
      'server/src/features/order.ts',
      'server/src/platform',
    )
    rooms.push(
      'server/test',
      'web',
      'bench',
      'checks',
      'docs/decisions',
      'docs/guides',
      'docs/reference',
    )
    const drawn = read('ARCHITECTURE.md')
    for (const room of rooms) {
      expect(existsSync(room), room).toBe(true)
      expect(drawn).toContain(room.split('/').at(-1))
    }
  })

  test('every feature folder is in the declared order, and nothing else', () => {
    const declared = [...read('server/src/features/order.ts').matchAll(/'([a-z-]+)'/g)].map(
      (m) => m[1] ?? '',
    )
    const folders = readdirSync('server/src/features', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    for (const folder of folders) expect(declared).toContain(folder)
  })

  test('decisions are numbered without gaps and say what was decided and why', () => {
    const files = readdirSync('docs/decisions').sort()
    files.forEach((file, i) => {
      expect(file).toMatch(new RegExp(`^${String(i + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`))
      const text = read(join('docs/decisions', file))
      expect(text).toMatch(/\*\*Decided\.\*\*|\| part \|/)
      expect(text.split('\n').length).toBeLessThan(60)
    })
  })

  test('every dependency is named in the decisions', () => {
    const parts = readdirSync('docs/decisions')
      .map((file) => read(join('docs/decisions', file)))
      .join('\n')
    const names = ['package.json', 'rules/package.json', 'server/package.json'].flatMap((file) =>
      Object.keys(
        (JSON.parse(read(file)) as { dependencies?: Record<string, string> }).dependencies ?? {},
      ),
    )
    const missing = names
      .filter((name) => !name.startsWith('@qiao/'))
      .filter((name) => !parts.includes(name) && !parts.includes(name.replace('@fastify/', '')))
    expect(missing).toEqual([])
  })
})
