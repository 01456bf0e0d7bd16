import type { Fact } from '@qiao/rules'
import { checkValue, type FactValue } from '../households/fact-value.ts'
import { isRecorded, type Sensitivity } from '../households/household.ts'
import { readIdNumber } from '../households/id-number.ts'

/** Somebody asks that what is on record be put right; another decides. 更正申请 */
export type RequestState = 'open' | 'returned' | 'approved' | 'refused' | 'withdrawn'

/** What the evidence is; in words as facts and their basis are recorded. 待核: our list, no rule sets it. */
export const evidenceKinds = {
  'id-card': '证件材料：居民身份证',
  'household-register': '证件材料：户口簿',
  certificate: '证件材料：证明文书',
  department: '部门核实函',
  visit: '入户核实',
  other: '其他材料',
} as const satisfies Record<string, string>

export type EvidenceKind = keyof typeof evidenceKinds

/** What lets a fact be known that rests on such evidence, by the catalogue `app.basis`. */
export function basisOf(kind: EvidenceKind): string {
  return kind === 'department' ? 'sharing' : kind === 'visit' ? 'visit' : 'declared'
}

/** Fields that are no facts, with the class of what stands in them. */
export const ownFields = {
  name: { name: '姓名', class: 'name' },
  'id-number': { name: '身份证号', class: 'id-number' },
  phone: { name: '电话', class: 'phone' },
  address: { name: '住址', class: 'address' },
} as const

type OwnField = keyof typeof ownFields

/** What an ID number says of its holder. */
export const identityFacts: readonly string[] = ['birth_date', 'sex']

/** Of a person, or of the household where `personId` is null; `after` left out keeps what was asked before. */
export type Asked = Readonly<{ personId: number | null; field: string; after?: FactValue }>

/** An item as it is to be written: numbers still in clear. */
export type Checked =
  | Readonly<{ personId: number | null; field: string; after: FactValue }>
  | Readonly<{ personId: number | null; field: string; keep: true }>

export type Wrong = Readonly<{ at: number; wrong: string }>

/** What of the ID number's holder stands on record as facts: what the number says is asked for with it. */
export type KnownIdentity = Readonly<{ personId: number; fact: string; value: FactValue }>

/** The class of what stands in a field; of a fact its sensitivity. */
export function classOf(field: string, sensitivity: Sensitivity) {
  return isOwnField(field) ? ownFields[field].class : sensitivity
}

export function isOwnField(field: string): field is OwnField {
  return Object.hasOwn(ownFields, field)
}

/** @returns the fact that a field names; undefined for a field that is none, and for one not declared */
export function factOf(facts: readonly Fact[], field: string): Fact | undefined {
  return field.startsWith('fact:') ? facts.find(({ id }) => id === field.slice(5)) : undefined
}

/**
 * What is asked, as it is to be written. An ID number asks for the day of birth and the sex that it says, where other
 * ones are on record.
 *
 * @param today no day may be later
 */
export function checkItems(
  asked: readonly Asked[],
  {
    facts,
    known,
    today,
  }: Readonly<{ facts: readonly Fact[]; known: readonly KnownIdentity[]; today: string }>,
): { items: readonly Checked[] } | Wrong {
  const items: Checked[] = []
  for (const [at, one] of asked.entries()) {
    if (items.some((other) => other.field === one.field && other.personId === one.personId))
      return { at, wrong: '同一项只填一次' }
    const checked = checkItem(facts, one, today)
    if ('wrong' in checked) return { at, wrong: checked.wrong }
    items.push(checked)
  }
  return withIdentities(items, known)
}

function checkItem(
  facts: readonly Fact[],
  { personId, field, after }: Asked,
  today: string,
): Checked | { wrong: string } {
  const fact = factOf(facts, field)
  if (!isOwnField(field) && (!fact || !isRecorded(fact))) return { wrong: '这一项不能申请更正' }
  const ofPerson = fact ? fact.entity === 'person' : field !== 'address'
  if (ofPerson !== (personId !== null))
    return { wrong: ofPerson ? '要选是哪位成员' : '这一项是全家的，不分成员' }
  if (after === undefined) return { personId, field, keep: true }
  const checked = fact
    ? checkValue(fact, after, { today, money: 'fen' })
    : checkOwn(field as OwnField, after)
  return 'wrong' in checked ? checked : { personId, field, after: checked.value }
}

function checkOwn(field: OwnField, after: FactValue): { value: string } | { wrong: string } {
  const written = typeof after === 'string' ? after.trim() : ''
  if (field === 'id-number') {
    const read = readIdNumber(written)
    return 'wrong' in read ? read : { value: read.idNumber }
  }
  if (field === 'phone') {
    const dense = written.replace(/[\s-]/g, '')
    return /^\d{5,15}$/.test(dense) ? { value: dense } : { wrong: '只能是 5 至 15 位数字' }
  }
  // The dots between the parts of a name are of one kind, and stay.
  const text = field === 'name' ? written.replace(/\s/g, '').replace(/[•・‧∙.]/g, '·') : written
  const most = field === 'name' ? 50 : 200
  if (text.length < (field === 'name' ? 1 : 2)) return { wrong: `要填${ownFields[field].name}` }
  return text.length > most ? { wrong: `最多 ${most} 字` } : { value: text }
}

function withIdentities(
  items: readonly Checked[],
  known: readonly KnownIdentity[],
): { items: readonly Checked[] } | Wrong {
  const implied: Checked[] = []
  for (const [at, item] of items.entries()) {
    if (item.field !== 'id-number' || 'keep' in item) continue
    const { personId } = item
    const read = readIdNumber(String(item.after))
    if ('wrong' in read) return { at, wrong: read.wrong }
    for (const fact of identityFacts) {
      const after = fact === 'sex' ? read.sex : read.birthDate
      const field = `fact:${fact}`
      const own = items.findIndex((one) => one.field === field && one.personId === personId)
      const asked = items[own]
      if (asked && 'after' in asked && asked.after !== after)
        return { at: own, wrong: '与身份证号不一致' }
      const stands = known.find((one) => one.personId === personId && one.fact === fact)
      if (!asked && stands?.value !== after) implied.push({ personId, field, after })
    }
  }
  return { items: [...items, ...implied] }
}

export type Step = 'amend' | 'withdraw' | 'rebase' | 'return' | 'refuse' | 'approve'

/** What somebody may do with a request as it stands; the database asks the same once more. */
export function stepsOf(
  { state, mine }: Readonly<{ state: RequestState; mine: boolean }>,
  mayDecide: boolean,
): Step[] {
  const waits = state === 'open' || state === 'returned'
  const checks = mayDecide && !mine
  return [
    ...(checks && state === 'open' ? (['approve', 'return'] as const) : []),
    ...(checks && waits ? (['refuse'] as const) : []),
    ...(waits && (mine || mayDecide) ? (['rebase'] as const) : []),
    ...(mine && state === 'returned' ? (['amend'] as const) : []),
    ...(mine && waits ? (['withdraw'] as const) : []),
  ]
}
