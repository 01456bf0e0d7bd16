import { type Pack, type Parameter, parametersOn, type Programme } from '@qiao/rules'
import type { Static } from 'typebox'
import { sourceText } from './source-text.ts'
import type { PolicyListView, PolicyView } from './views.ts'

type Item = Static<typeof PolicyListView>['items'][number]
type View = Static<typeof PolicyView>

/** The policy library as of a day. 政策库 */
export function policyList(
  pack: Pack,
  on: string,
): Omit<Static<typeof PolicyListView>, 'awaiting'> {
  return {
    pack: { version: pack.version, hash: pack.hash },
    items: pack.programmes.map((programme) => itemOf(pack, programme, on)),
    categories: pack.categories.map(({ id, name }) => ({ id, name })),
  }
}

/** One policy with everything an advisor or a resident may ask of it. */
export function policyView(
  pack: Pack,
  programme: Programme,
  on: string,
  may: readonly string[],
): View {
  const parameters = programme.parameters.map((one) => parameterView(pack, one, true))
  const nameOf = (id: string) => pack.programmes.find((one) => one.id === id)?.name ?? id
  return {
    ...itemOf(pack, programme, on),
    ...(programme.en ? { en: programme.en } : {}),
    computesNote: programme.computesNote ?? null,
    easyRead: programme.easyRead ?? null,
    conditions: programme.conditions.map(conditionView),
    tiers: programme.tiers.map((tier) => ({
      id: tier.id,
      name: tier.name ?? programme.name,
      target: tier.target,
      conditions: tier.conditions.map(conditionView),
      amount: {
        kind: tier.amount.kind,
        text: tier.amount.text ?? null,
        ...(tier.amount.per ? { per: tier.amount.per } : {}),
      },
    })),
    parameters: [
      ...parameters,
      ...borrowed(pack, programme).map((one) => parameterView(pack, one, false)),
    ],
    passports: programme.passports.map((one) => ({
      programme: one.programme,
      programmeName: nameOf(one.programme),
      ...(one.text ? { text: one.text } : {}),
    })),
    excludes: programme.excludes.map((one) => ({
      programme: one.programme,
      programmeName: nameOf(one.programme),
      ...(one.text ? { text: one.text } : {}),
      ...(one.confidence ? { confidence: one.confidence } : {}),
    })),
    materials: [...(programme.materials ?? [])],
    channel: programme.channel ?? null,
    timeLimit: programme.timeLimit ?? null,
    review: programme.review ?? null,
    basis: (programme.basis ?? []).map((clause) => ({ ...clause })),
    sources: sourceViews(pack, programme.sources ?? []),
    notes: programme.notes ?? null,
    may: [...may],
  }
}

function itemOf(pack: Pack, programme: Programme, on: string): Item {
  return {
    id: programme.id,
    name: programme.name,
    aliases: aliasesOf(programme),
    category: programme.category,
    categoryName:
      pack.categories.find(({ id }) => id === programme.category)?.name ?? programme.category,
    level: programme.level ?? '',
    departments: [...(programme.departments ?? [])],
    computes: programme.computes,
    purpose: programme.purpose ?? '',
    ...(programme.forWhom ? { forWhom: programme.forWhom } : {}),
    ...(programme.plain ? { plain: programme.plain.trim() } : {}),
    currentAmountText: amountText(programme, on),
    pending: readBy(pack, programme).some((parameter) => stateOn(parameter, on) !== 'known'),
    ...(programme.confidence ? { confidence: programme.confidence } : {}),
  }
}

/** The oldest first: a name without a first day was there before every other. */
function aliasesOf({ aliases = [] }: Programme): Item['aliases'] {
  return aliases
    .map(({ name, from, to }) => ({ name, from: from ?? null, to: to ?? null }))
    .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
}

/** Parameters the programme's conditions and amounts read, its own and others'. */
function readBy(pack: Pack, programme: Programme): Parameter[] {
  const place = pack.programmes.indexOf(programme)
  const read = new Set(
    pack.program.targets
      .filter((target) => target.programme === place)
      .flatMap(({ conditions, tiers }) => [
        ...conditions.flatMap(({ reads }) => reads.parameters),
        ...tiers.flatMap(({ amount }) =>
          amount.kind === 'computed' ? amount.reads.parameters : [],
        ),
      ]),
  )
  return pack.parameters.filter((_, i) => read.has(i))
}

function borrowed(pack: Pack, programme: Programme): Parameter[] {
  return readBy(pack, programme).filter((parameter) => parameter.programme !== programme.id)
}

function stateOn(parameter: Parameter, on: string): 'known' | 'expired' | 'missing' {
  return parametersOn([parameter], on)[0]?.state ?? 'missing'
}

/** What it gives today in a phrase: its figures as of the day, or what the official decides. */
function amountText(programme: Programme, on: string): string | null {
  const figures = programme.parameters
    .filter(({ shownOnly }) => shownOnly === undefined || programme.computes === 'guidance')
    .filter(({ type, unit }) => type === 'money' && unit?.startsWith('元'))
    .flatMap((parameter) => {
      const value = parametersOn([parameter], on)[0]
      if (value?.state !== 'known' || !value.row) return []
      return [
        `${parameter.name} ${Number(value.row.value).toLocaleString('zh-CN')} ${parameter.unit}`,
      ]
    })
  const official = programme.tiers.find(({ amount }) => amount.text)?.amount.text
  return figures.slice(0, 2).join('，') || official || null
}

function parameterView(pack: Pack, parameter: Parameter, own: boolean): View['parameters'][number] {
  return {
    id: parameter.id,
    name: parameter.name,
    type: parameter.type,
    unit: parameter.unit ?? null,
    rows: parameter.rows.map((row) => ({
      from: row.from,
      to: row.to ?? null,
      value: Number(row.value),
      document: row.document ?? null,
      source: [
        ...sourceViews(pack, row.source ?? []).map(({ text }) => text),
        ...(row.note ? [row.note] : []),
      ],
      ...(row.confidence ? { confidence: row.confidence } : {}),
    })),
    pending: parameter.pending.map(({ from, note }) => ({ from, ...(note ? { note } : {}) })),
    knownUntil: parameter.rows.at(-1)?.knownUntil ?? null,
    reviewBy: parameter.reviewBy,
    adjusts: parameter.adjusts ?? null,
    own,
  }
}

/** Each source once, also where several of a programme read the same. */
function sourceViews(pack: Pack, ids: readonly string[]): View['sources'] {
  const byText = new Map(ids.map((id) => [sourceText(pack.sources[id] ?? id), id]))
  return [...byText].map(([text, id]) => ({ id, text }))
}

function conditionView(condition: Programme['conditions'][number]): View['conditions'][number] {
  return {
    id: condition.id,
    text: condition.text,
    clause: condition.clause ? { ...condition.clause } : null,
    source: [...(condition.source ?? [])],
    ...(condition.confidence ? { confidence: condition.confidence } : {}),
  }
}
