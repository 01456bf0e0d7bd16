/** What starts the clock of a class of records. */
export const clockStarts = {
  'aid-ended': { name: '停止救助之日', en: 'Day on which aid ended' },
  'care-ended': { name: '最后一条线索办结之日', en: 'Day on which the last lead was closed' },
  'last-entry': { name: '最后一次登记之日', en: 'Day of the last entry' },
  closed: { name: '该条记录被更替之日', en: 'Day on which the record was replaced' },
  delivered: { name: '收到该批数据之日', en: 'Day on which it was delivered' },
} as const

type ClockStart = keyof typeof clockStarts

type Class = Readonly<{
  name: string
  en: string
  starts: ClockStart
  /** No term is shorter, by the clause named; null: no rule sets one, so what is stated is the district's own. */
  least: Readonly<{ years: number; clause: string }> | null
  /** Stays while something is received or a lead is open. */
  waits: boolean
}>

/**
 * The classes in which what is kept of people runs out. 档案类别
 *
 * 待核: the notice on files speaks of 低保 alone; that other aid is kept alike, and from when the five years of
 * daily management run, is our proposal.
 */
export const retentionClasses = {
  aid: {
    name: '救助审核确认档案',
    en: 'Files of aid',
    starts: 'aid-ended',
    least: { years: 3, clause: '《关于加强最低生活保障档案管理的通知》：停止救助后不少于三年' },
    waits: true,
  },
  care: {
    name: '日常管理档案',
    en: 'Files of daily management',
    starts: 'care-ended',
    least: { years: 5, clause: '《关于加强最低生活保障档案管理的通知》：不少于五年' },
    waits: true,
  },
  facts: {
    name: '已更替的信息',
    en: 'Facts that were replaced',
    starts: 'closed',
    least: null,
    waits: true,
  },
  answers: {
    name: '已更替的匹配结果',
    en: 'Answers that were replaced',
    starts: 'closed',
    least: null,
    waits: false,
  },
  exchange: {
    name: '数据使用记录',
    en: 'Records of the use of shared data',
    starts: 'delivered',
    least: {
      years: 3,
      clause: '《政务数据共享条例》、《网络数据安全管理条例》第十二条：不少于三年',
    },
    waits: false,
  },
  file: {
    name: '家庭与人员档案',
    en: 'Files of households and people',
    starts: 'last-entry',
    least: null,
    waits: true,
  },
} as const satisfies Readonly<Record<string, Class>>

export type RetentionClass = keyof typeof retentionClasses

/**
 * What becomes of the rows of a table that name a person or a household.
 *
 * - `deleted`: gone, with a stub
 * - `reduced`: stays without whom it names and without what it says of them, with a stub
 * - `kept`: stays; it names nobody but by numbers that lead nowhere once the records are gone
 */
type RetentionRule = Readonly<
  | {
      ends: 'deleted' | 'reduced'
      class: RetentionClass
      /** Columns that name a person, and a household: the first is whose it is. */
      persons?: readonly string[]
      households?: readonly string[]
      /** Columns that say since when there is a row, and when it was closed. */
      begins?: string
      closes?: string
      /** Beside whom it names, what a reduced row says of them. */
      blanks?: readonly string[]
      /** Says of a household what cannot be parted by its members, and goes with any of them. */
      whole?: true
      /** Answers are given on it, and cannot be found again without it. */
      rests?: true
    }
  | { ends: 'kept' }
>

/** By table, in the order in which rows go: what refers to others before what it refers to. */
export type RetentionRules = Readonly<Record<string, RetentionRule>>

const byPerson = { ends: 'deleted', persons: ['person_id'], households: ['household_id'] } as const

export const householdRetention: RetentionRules = {
  'app.fact': {
    ...byPerson,
    class: 'facts',
    begins: 'recorded_at',
    closes: 'superseded_at',
    rests: true,
  },
  'app.other_word': { ...byPerson, class: 'facts', begins: 'recorded_at', closes: 'superseded_at' },
  'app.award': {
    ...byPerson,
    class: 'aid',
    begins: 'valid_from',
    closes: 'superseded_at',
    rests: true,
  },
  'app.collector': { ...byPerson, class: 'aid', begins: 'valid_from', closes: 'superseded_at' },
  'app.person_current': { ...byPerson, class: 'file' },
  'app.household_current': {
    ends: 'deleted',
    class: 'file',
    households: ['household_id'],
    begins: 'known_at',
  },
  'app.member': {
    ...byPerson,
    class: 'file',
    begins: 'valid_from',
    closes: 'superseded_at',
    rests: true,
  },
  'app.person': {
    ends: 'deleted',
    class: 'file',
    persons: ['id'],
    households: ['household_id'],
    begins: 'created_at',
  },
  'app.household': { ends: 'deleted', class: 'file', households: ['id'], begins: 'created_at' },
}
