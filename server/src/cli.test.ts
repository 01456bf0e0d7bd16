import { expect, test } from 'vitest'
import { runCommand } from '../test/running-command.ts'
import { commands, runCli } from './cli.ts'
import { version } from './version.ts'

const names = [
  'start',
  'district',
  'load',
  'match',
  'work',
  'replay',
  'policy',
  'explain',
  'feel',
  'audit',
  'staff',
  'backup',
  'keys',
  'restore',
]

test('the commands are those of the door, each under its own name and with how it is called', async () => {
  expect(Object.keys(commands)).toEqual(names)
  for (const [word, load] of Object.entries(commands)) {
    const { name, usage, about } = await load()
    expect(name).toBe(word)
    expect(about.length).toBeGreaterThan(20)
    for (const line of usage) expect(line).toMatch(new RegExp(`^qiao ${word}\\b`))
  }
})

test.each([[[]], [['help']], [['--help']], [['-h']]])(
  'qiao %j lists every command',
  async (args) => {
    const { code, out } = await runCommand(args)
    expect(code).toBe(0)
    for (const name of names) expect(out).toMatch(new RegExp(`^qiao ${name}\\b`, 'm'))
  },
)

test.each(names)('qiao %s --help says how it is called and does nothing', async (name) => {
  const { code, out } = await runCommand([name, '--help'])
  expect(code).toBe(0)
  expect(out).toContain(`qiao ${name}`)
})

test('an unknown word is answered with what there is, and exit code 2', async () => {
  const { code, out, err } = await runCommand(['strat'])
  expect([code, out]).toEqual([2, ''])
  expect(err).toBe(`qiao does not know "strat". It knows: ${names.join(', ')}.\n`)
})

test('--version is the version of the package', async () => {
  expect((await runCommand(['--version'])).out).toBe(`${version}\n`)
})

test.each([
  [['start', 'now'], 2],
  [['match', 'all'], 2],
  [['district'], 2],
  [['district', 'burn'], 2],
  [['district', 'generate', '--residents', '10', '--out', '/tmp/x'], 2],
  [['district', 'generate', '--people', '10'], 2],
  [['staff'], 2],
  [['backup'], 2],
  [['keys', 'burn'], 2],
  [['restore', 'here', 'there'], 2],
  [['audit'], 2],
  [['audit', 'export'], 2],
  [['audit', 'verify', '--anchor', 'abc'], 2],
])(
  'qiao %j is asked wrongly: said in words, with exit code %i, before anything is opened',
  async (args, code) => {
    const ended = await runCommand(args)
    expect([ended.code, ended.out]).toEqual([code, ''])
    expect(ended.err).not.toBe('')
    expect(ended.err).not.toMatch(/^\s+at /m)
  },
)

test('a fault is told with its stack, and exit code 1', async () => {
  const said: string[] = []
  const code = await runCli(['feel', '--lines'], {
    env: {},
    stdin: undefined as never,
    stdout: () => {},
    stderr: (text) => said.push(text),
  })
  expect(code).toBe(1)
  expect(said.join('')).toMatch(/^\s+at /m)
})
