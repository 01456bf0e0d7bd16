import { judge, type KitCase, kitCases, type KitVerdict } from '../checks/standards/judged.ts'
import { evaluateFeel, type FeelAnswer } from '../rules/src/index.ts'
import { type Finding, race } from './measure.ts'
import { installPeers, peerPackage } from './peers/packages.ts'

type Feelin = {
  evaluate: (text: string, context: unknown) => { value: unknown; warnings: readonly unknown[] }
}

/** Of the cases that expect a value, so many must have it. */
const leastRight = 0.8
const rounds = { rounds: 5, warmUps: 1 }

/**
 * How many expressions of DMN's conformance kit have the value that DMN gives them, in Qiao and in
 * feelin beside it? Only cases that expect a value: null may stand for an error. No answer is a
 * refusal, a syntax error, or feelin's null with a warning.
 */
export async function benchFeel(): Promise<Finding[]> {
  const all = kitCases()
  if (!all) {
    console.log('feel: ../shared/standards is absent, so nothing was asked.')
    return []
  }
  installPeers()
  const feelin = await peerPackage<Feelin>('feelin')
  const cases = all.filter(({ expected }) => expected !== null)
  const given = cases.map((one) => ({ ...one, inputs: forFeelin(one.inputs, feelin) }))
  const ours = verdicts(cases, ({ expr, inputs }) => evaluateFeel(expr, inputs))
  const theirs = verdicts(given, (one) => askFeelin(one, feelin))
  const ran = await race(
    [
      { name: 'qiao', run: () => cases.map(({ expr, inputs }) => evaluateFeel(expr, inputs)) },
      { name: 'feelin', run: () => given.map((one) => askFeelin(one, feelin)) },
    ],
    rounds,
  )
  const time = (name: string) =>
    `${ran.ms(name).toFixed(0)} ms, ${((1000 * ran.ms(name)) / cases.length).toFixed(0)} µs each`
  return [
    {
      question: `Qiao: ${cases.length} expressions of the kit with a value`,
      value: told(ours),
      limit: `≥ ${100 * leastRight} % right, none wrong`,
      holds: ours.right >= leastRight * cases.length && ours.wrong === 0,
    },
    line(`feelin 8.2.0: the same`, told(theirs)),
    line('Qiao: read and evaluate all, exact decimals', time('qiao')),
    line('feelin 8.2.0: the same, binary floating point', time('feelin')),
    line('Qiao against feelin', `${ran.speed('qiao', 'feelin').toFixed(2)} × its speed`),
  ]
}

function line(question: string, value: string): Finding {
  return { question, value, limit: '', holds: true }
}

type Count = Record<KitVerdict, number>

function verdicts(cases: readonly KitCase[], ask: (one: KitCase) => FeelAnswer): Count {
  const count: Count = { right: 0, wrong: 0, unanswered: 0 }
  for (const one of cases) count[judge(one, ask(one))] += 1
  return count
}

function told({ right, wrong, unanswered }: Count): string {
  const share = ((100 * right) / (right + wrong + unanswered)).toFixed(1)
  return `${right} right (${share} %), ${wrong} wrong, ${unanswered} unanswered`
}

function askFeelin({ expr, inputs }: KitCase, { evaluate }: Feelin): FeelAnswer {
  try {
    const { value, warnings } = evaluate(expr, inputs)
    if ((value ?? null) === null && warnings.length > 0) return { refused: 'null with a warning' }
    return { value: fromFeelin(value) }
  } catch (error) {
    return { refused: String(error) }
  }
}

/** A value as `evaluateFeel` writes it. Feelin's days and durations are objects that know their text. */
function fromFeelin(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map(fromFeelin)
  if (value.constructor === Object)
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, fromFeelin(of)]))
  const text = (value as Readonly<{ toString: () => string }>).toString()
  const read = evaluateFeel(`@${JSON.stringify(text)}`, {})
  return 'value' in read && read.value !== null ? read.value : text
}

const readers: Readonly<Record<string, string>> = {
  '@date': 'date',
  '@time': 'time',
  '@dateTime': 'date and time',
  '@duration': 'duration',
}

/** Inputs of the kit with feelin's own days and durations in place of tagged texts. */
function forFeelin(inputs: Record<string, unknown>, feelin: Feelin): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, valueForFeelin(value, feelin)]),
  )
}

function valueForFeelin(value: unknown, feelin: Feelin): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => valueForFeelin(item, feelin))
  const [first] = Object.entries(value)
  const [tag, text] = first ?? []
  const reader = tag === undefined ? undefined : readers[tag]
  if (reader === undefined) return forFeelin(value as Record<string, unknown>, feelin)
  return feelin.evaluate(`${reader}(${JSON.stringify(text)})`, {}).value
}
