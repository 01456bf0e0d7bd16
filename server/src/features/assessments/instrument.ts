/**
 * Standard questionnaires and rating scales, as data: what an item may score, how the score is made, what it means and on
 * whose word, who may use the text. The wording of items is not here: the district states it from the official text, and
 * until then it is 待核 (domain.md §3.3). 量表
 */

/** How far a figure of domain.md is confirmed: read, of middling trust, low, or recalled. */
export type Confidence = 'high' | 'middle' | 'low' | 'recalled'

export type Band = Readonly<{
  id: string
  name: string
  en: string
  /** Both included. */
  from: number
  to: number
  confidence: Confidence
}>

/** A line that a score reaches, beside its band; of the total, or of one part. */
export type Line = Readonly<{
  id: string
  name: string
  en: string
  part?: string
  /** Reached at this score and above it, or at it and below. */
  reaches: 'from' | 'up-to'
  at: number
  confidence: Confidence
}>

/** What each option of an item scores, in the order of the options. */
type Item = Readonly<{ id: string; points: readonly number[] }>

export type Instrument = Readonly<{
  id: InstrumentId
  name: string
  en: string
  /** Of this scoring: an answer is found again with it. */
  version: number
  items: readonly Item[]
  /** Its items are not known here: the total alone is entered, within these limits. */
  totalOnly?: Readonly<{ min: number; max: number }>
  /** The total is the sum of the items times this. */
  times: number
  /** Items whose sum is told beside the total. */
  parts?: readonly Readonly<{ id: string; name: string; en: string; items: readonly string[] }>[]
  bands: readonly Band[]
  lines: readonly Line[]
  /** All items must be answered, or so many at least where the assessor chooses to have the rest filled in by their mean. */
  missing: Readonly<{ rule: 'complete' } | { rule: 'may-prorate'; atLeast: number }>
  better: 'high' | 'low'
  licence: Readonly<{ text: string; en: string; confidence: Confidence; mayShip: boolean }>
  /** Whether the scoring itself still has to be compared with the text. */
  scoringConfirmed: boolean
}>

export const instrumentIds = [
  'barthel',
  'lawton',
  'gbt-42195',
  'phq-9',
  'gad-7',
  'who-5',
  'lsns-6',
  'ucla-3',
  'ssrs',
  'gses',
  'gds-15',
] as const
export type InstrumentId = (typeof instrumentIds)[number]

/** Who says what they answered: the person, an interviewer who asks, or somebody who watched. */
export const modes = ['self', 'interview', 'observation'] as const
export type Mode = (typeof modes)[number]

const complete = { rule: 'complete' } as const
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, place) => from + place * step)
const alike = (count: number, points: readonly number[]): Item[] =>
  range(1, count).map((place) => ({ id: String(place), points }))
const named = (points: Readonly<Record<string, readonly number[]>>): Item[] =>
  Object.entries(points).map(([id, each]) => ({ id, points: each }))

const barthel: Instrument = {
  id: 'barthel',
  name: '巴氏指数（日常生活活动能力）',
  en: 'Barthel index',
  version: 1,
  items: named({
    feeding: range(0, 10, 5),
    bathing: range(0, 5, 5),
    grooming: range(0, 5, 5),
    dressing: range(0, 10, 5),
    bowels: range(0, 10, 5),
    bladder: range(0, 10, 5),
    toilet: range(0, 10, 5),
    transfer: range(0, 15, 5),
    walking: range(0, 15, 5),
    stairs: range(0, 10, 5),
  }),
  times: 1,
  bands: [
    { id: 'severe', name: '重度依赖', en: 'Severe', from: 0, to: 40, confidence: 'high' },
    { id: 'moderate', name: '中度依赖', en: 'Moderate', from: 41, to: 60, confidence: 'high' },
    { id: 'mild', name: '轻度依赖', en: 'Mild', from: 61, to: 99, confidence: 'high' },
    { id: 'none', name: '无需依赖', en: 'None', from: 100, to: 100, confidence: 'high' },
  ],
  lines: [],
  missing: complete,
  better: 'high',
  licence: {
    text: '马里兰州医学会：非商业使用须注明出处；修改或商业使用须取得许可',
    en: 'Maryland State Medical Society: free non-commercial with citation; permission to modify or to use commercially',
    confidence: 'high',
    mayShip: false,
  },
  scoringConfirmed: true,
}

const lawton: Instrument = {
  id: 'lawton',
  name: 'Lawton 工具性日常生活活动量表',
  en: 'Lawton IADL',
  version: 1,
  items: named({
    phone: [1, 1, 1, 0],
    shopping: [1, 0, 0, 0],
    food: [1, 0, 0, 0],
    housekeeping: [1, 1, 1, 1, 0],
    laundry: [1, 1, 0],
    transport: [1, 1, 1, 0, 0],
    medicine: [1, 0, 0],
    money: [1, 1, 0],
  }),
  times: 1,
  // No cut-off holds everywhere.
  bands: [],
  lines: [],
  missing: complete,
  better: 'high',
  licence: {
    text: '美国老年学会版权：使用条目文字前须征得同意',
    en: 'Gerontological Society of America: ask before shipping item text',
    confidence: 'high',
    mayShip: false,
  },
  scoringConfirmed: false,
}

const gbt42195: Instrument = {
  id: 'gbt-42195',
  name: '老年人能力评估（GB/T 42195-2022）',
  en: 'Assessment of elders’ abilities (GB/T 42195-2022)',
  version: 1,
  // 26 items in blocks of 8, 4, 9 and 5; what each may score is to be read in the text first.
  items: [],
  totalOnly: { min: 0, max: 90 },
  times: 1,
  bands: [
    {
      id: 'total',
      name: '能力完全丧失',
      en: 'Total loss',
      from: 0,
      to: 29,
      confidence: 'recalled',
    },
    { id: 'severe', name: '重度失能', en: 'Severe', from: 30, to: 45, confidence: 'recalled' },
    { id: 'moderate', name: '中度失能', en: 'Moderate', from: 46, to: 65, confidence: 'recalled' },
    { id: 'mild', name: '轻度失能', en: 'Mild', from: 66, to: 89, confidence: 'recalled' },
    { id: 'intact', name: '能力完好', en: 'Intact', from: 90, to: 90, confidence: 'recalled' },
  ],
  lines: [],
  missing: complete,
  better: 'high',
  licence: {
    text: '国家标准；计分待核：须与 openstd.samr.gov.cn 公布的文本核对',
    en: 'National standard; scoring to be compared with the text at openstd.samr.gov.cn',
    confidence: 'middle',
    mayShip: false,
  },
  scoringConfirmed: false,
}

const phq9: Instrument = {
  id: 'phq-9',
  name: '患者健康问卷抑郁量表（PHQ-9）',
  en: 'PHQ-9',
  version: 1,
  items: alike(9, range(0, 3)),
  times: 1,
  bands: [
    { id: 'minimal', name: '无或极轻', en: 'Minimal', from: 0, to: 4, confidence: 'high' },
    { id: 'mild', name: '轻度', en: 'Mild', from: 5, to: 9, confidence: 'high' },
    { id: 'moderate', name: '中度', en: 'Moderate', from: 10, to: 14, confidence: 'high' },
    {
      id: 'fairly-severe',
      name: '中重度',
      en: 'Fairly severe',
      from: 15,
      to: 19,
      confidence: 'high',
    },
    { id: 'severe', name: '重度', en: 'Severe', from: 20, to: 27, confidence: 'high' },
  ],
  lines: [
    {
      id: 'screen',
      name: '筛查阳性',
      en: 'Screens positive',
      reaches: 'from',
      at: 10,
      confidence: 'high',
    },
  ],
  missing: { rule: 'may-prorate', atLeast: 7 },
  better: 'low',
  licence: {
    text: '复制、翻译、展示、分发均无需许可；使用官方中文文本',
    en: 'No permission needed to reproduce, translate, display or distribute; use the official Chinese text',
    confidence: 'high',
    mayShip: true,
  },
  scoringConfirmed: true,
}

const gad7: Instrument = {
  id: 'gad-7',
  name: '广泛性焦虑量表（GAD-7）',
  en: 'GAD-7',
  version: 1,
  items: alike(7, range(0, 3)),
  times: 1,
  bands: [
    { id: 'minimal', name: '无或极轻', en: 'Minimal', from: 0, to: 4, confidence: 'high' },
    { id: 'mild', name: '轻度', en: 'Mild', from: 5, to: 9, confidence: 'high' },
    { id: 'moderate', name: '中度', en: 'Moderate', from: 10, to: 14, confidence: 'high' },
    { id: 'severe', name: '重度', en: 'Severe', from: 15, to: 21, confidence: 'high' },
  ],
  lines: [
    {
      id: 'screen',
      name: '筛查阳性',
      en: 'Screens positive',
      reaches: 'from',
      at: 10,
      confidence: 'high',
    },
  ],
  missing: complete,
  better: 'low',
  licence: { ...phq9.licence },
  scoringConfirmed: true,
}

const who5: Instrument = {
  id: 'who-5',
  name: '世界卫生组织五项身心健康指标（WHO-5）',
  en: 'WHO-5 well-being index',
  version: 1,
  items: alike(5, range(0, 5)),
  times: 4,
  bands: [],
  lines: [
    {
      id: 'low',
      name: '幸福感偏低',
      en: 'Low well-being',
      reaches: 'up-to',
      at: 50,
      confidence: 'high',
    },
    {
      id: 'depression',
      name: '抑郁可能',
      en: 'Depression likely',
      reaches: 'up-to',
      at: 28,
      confidence: 'high',
    },
  ],
  missing: complete,
  better: 'high',
  licence: { text: '免费', en: 'Free', confidence: 'high', mayShip: true },
  scoringConfirmed: true,
}

const lsns6: Instrument = {
  id: 'lsns-6',
  name: 'Lubben 社会网络量表（LSNS-6）',
  en: 'LSNS-6',
  version: 1,
  items: alike(6, range(0, 5)),
  times: 1,
  parts: [
    { id: 'family', name: '家人', en: 'Family', items: ['1', '2', '3'] },
    { id: 'friends', name: '朋友', en: 'Friends', items: ['4', '5', '6'] },
  ],
  bands: [],
  lines: [
    {
      id: 'isolated',
      name: '有社会隔离风险',
      en: 'At risk of isolation',
      reaches: 'up-to',
      at: 11,
      confidence: 'high',
    },
    {
      id: 'family',
      name: '家人支持薄弱',
      en: 'Marginal family ties',
      part: 'family',
      reaches: 'up-to',
      at: 5,
      confidence: 'recalled',
    },
    {
      id: 'friends',
      name: '朋友支持薄弱',
      en: 'Marginal friendship ties',
      part: 'friends',
      reaches: 'up-to',
      at: 5,
      confidence: 'recalled',
    },
  ],
  missing: complete,
  better: 'high',
  licence: {
    text: '作者表格见波士顿学院；实践和研究经申请免费：须询问',
    en: 'Author’s form at Boston College; free for practice and research on request: ask',
    confidence: 'middle',
    mayShip: false,
  },
  scoringConfirmed: true,
}

const ucla3: Instrument = {
  id: 'ucla-3',
  name: 'UCLA 孤独感三项量表',
  en: 'UCLA loneliness, 3 items',
  version: 1,
  items: alike(3, range(1, 3)),
  times: 1,
  bands: [],
  lines: [
    { id: 'lonely', name: '孤独', en: 'Lonely', reaches: 'from', at: 6, confidence: 'middle' },
  ],
  missing: complete,
  better: 'low',
  licence: {
    text: '作者称无需许可，无正式授权文本',
    en: 'The author says permission is not needed; no formal licence',
    confidence: 'middle',
    mayShip: false,
  },
  scoringConfirmed: true,
}

const ssrs: Instrument = {
  id: 'ssrs',
  name: '社会支持评定量表（SSRS，肖水源）',
  en: 'SSRS',
  version: 1,
  items: [
    ...['1', '2', '3', '4', '5A', '5B', '5C', '5D', '5E'].map((id) => ({
      id,
      points: range(1, 4),
    })),
    // How many sources: none scores 0. Copies list eight or nine.
    ...['6', '7'].map((id) => ({ id, points: range(0, 9) })),
    ...['8', '9', '10'].map((id) => ({ id, points: range(1, 4) })),
  ],
  times: 1,
  parts: [
    { id: 'objective', name: '客观支持', en: 'Objective support', items: ['2', '6', '7'] },
    {
      id: 'subjective',
      name: '主观支持',
      en: 'Subjective support',
      items: ['1', '3', '4', '5A', '5B', '5C', '5D', '5E'],
    },
    { id: 'use', name: '对支持的利用度', en: 'Use of support', items: ['8', '9', '10'] },
  ],
  bands: [
    { id: 'low', name: '低', en: 'Low', from: 0, to: 22, confidence: 'low' },
    { id: 'middle', name: '中', en: 'Middle', from: 23, to: 44, confidence: 'low' },
    { id: 'high', name: '高', en: 'High', from: 45, to: 66, confidence: 'low' },
  ],
  lines: [],
  missing: complete,
  better: 'high',
  licence: {
    text: '未见授权说明；适用十四岁以上；各版本来源项不一：须询问作者，或改用 LSNS-6',
    en: 'No licence statement; age 14 and over; copies differ in their lists of sources: ask the author or use LSNS-6',
    confidence: 'low',
    mayShip: false,
  },
  scoringConfirmed: true,
}

const gses: Instrument = {
  id: 'gses',
  name: '一般自我效能感量表（GSES）',
  en: 'GSES',
  version: 1,
  items: alike(10, range(1, 4)),
  times: 1,
  // No clinical cut-off.
  bands: [],
  lines: [],
  missing: complete,
  better: 'high',
  licence: {
    text: '研究使用免费；商业使用未说明',
    en: 'Free for research; commercial use unstated',
    confidence: 'middle',
    mayShip: false,
  },
  scoringConfirmed: true,
}

/** Items of the GDS-15 that count when they are denied; the key is recalled. */
const deniedCount = [1, 5, 7, 11, 13]
const gds15: Instrument = {
  id: 'gds-15',
  name: '老年抑郁量表简版（GDS-15）',
  en: 'GDS-15',
  version: 1,
  // The first option is yes, the second no.
  items: range(1, 15).map((place) => ({
    id: String(place),
    points: deniedCount.includes(place) ? [0, 1] : [1, 0],
  })),
  times: 1,
  bands: [],
  lines: [
    {
      id: 'depression',
      name: '提示抑郁',
      en: 'Suggests depression',
      reaches: 'from',
      at: 5,
      confidence: 'recalled',
    },
  ],
  missing: complete,
  better: 'low',
  licence: { text: '公有领域', en: 'Public domain', confidence: 'recalled', mayShip: true },
  scoringConfirmed: false,
}

/** In the order of domain.md §3.3. */
export const instruments: readonly Instrument[] = [
  barthel,
  lawton,
  gbt42195,
  phq9,
  gad7,
  who5,
  lsns6,
  ucla3,
  ssrs,
  gses,
  gds15,
]

export function instrumentCalled(id: string): Instrument | undefined {
  return instruments.find((one) => one.id === id)
}
