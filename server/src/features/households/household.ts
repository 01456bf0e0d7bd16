import { ageOn, dayFromText, type Fact } from '@qiao/rules'
import { isClear } from '../staff/field-classes.ts'

/** People living and budgeting together; the unit of matching. 共同生活家庭 */
export type HouseholdKind = 'family' | 'collective'

/** How much a fact tells about a person's body and mind (DESIGN §1). */
export type Sensitivity = NonNullable<Fact['sensitivity']>

/** Whoever reads or records a fact of one household, as the database knows them. */
export type Reader = Readonly<{
  role: string
  /** Whether they are today responsible for the household's committee. */
  hasDuty: boolean
  /** Whether they have said why they look. */
  hasReason: boolean
}>

/**
 * Whether somebody who may see the household may also see facts of this class, by the access matrix, and
 * record them: whoever could write what they cannot read would overwrite it blindly.
 */
export function mayRead(sensitivity: Sensitivity, reader: Reader): boolean {
  return reader.role === 'job' || isClear(sensitivity, reader)
}

/** A fact declared without a class is taken as the most sensitive. */
export function sensitivityOf(fact: Fact): Sensitivity {
  return fact.sensitivity ?? 'clinical'
}

/** Whether somebody records it; an age follows from a birth, a status from awards and rolls. */
export function isRecorded(fact: Fact): boolean {
  return fact.derive === undefined && fact.kind !== 'status'
}

/** What somebody typed into the search: a number that is only searched whole, or words. */
export type Wanted = Readonly<{ by: 'id-number' | 'phone' | 'words'; text: string }>

/** @returns the kind of thing `query` looks like, written as it is stored */
export function wantedOf(query: string): Wanted {
  const dense = query.replace(/[\s-]/g, '').toUpperCase()
  if (/^(\d{17}[\dX]|\d{15})$/.test(dense)) return { by: 'id-number', text: dense }
  if (/^1\d{10}$/.test(dense)) return { by: 'phone', text: dense }
  return { by: 'words', text: query.trim() }
}

/** Whole years on a day, or `null` where the birth is unknown. */
export function ageOf(birthDate: string | null, on: string): number | null {
  const [birth, day] = [birthDate === null ? null : dayFromText(birthDate), dayFromText(on)]
  return birth === null || day === null || birth > day ? null : ageOn(birth, day)
}

/** Relation to the head by GB/T 4761; every code of a ten that is not named belongs to its group. */
const relationNames: Readonly<Record<string, string>> = {
  '01': '本人',
  '02': '户主',
  '10': '配偶',
  '11': '夫',
  '12': '妻',
  '20': '子',
  '21': '独生子',
  '22': '长子',
  '23': '次子',
  '24': '三子',
  '25': '四子',
  '26': '五子',
  '27': '养子或继子',
  '28': '女婿',
  '29': '其他儿子',
  '30': '女',
  '31': '独生女',
  '32': '长女',
  '33': '二女',
  '34': '三女',
  '35': '四女',
  '36': '五女',
  '37': '养女或继女',
  '38': '儿媳',
  '39': '其他女儿',
  '40': '孙辈',
  '41': '孙子',
  '42': '孙女',
  '43': '外孙子',
  '44': '外孙女',
  '45': '孙媳妇或外孙媳妇',
  '46': '孙女婿或外孙女婿',
  '47': '曾孙子或曾外孙子',
  '48': '曾孙女或曾外孙女',
  '49': '其他孙辈',
  '50': '父母',
  '51': '父亲',
  '52': '母亲',
  '53': '公公',
  '54': '婆婆',
  '55': '岳父',
  '56': '岳母',
  '57': '继父或养父',
  '58': '继母或养母',
  '59': '其他父母关系',
  '60': '祖父母或外祖父母',
  '61': '祖父',
  '62': '祖母',
  '63': '外祖父',
  '64': '外祖母',
  '65': '配偶的祖父母或外祖父母',
  '66': '曾祖父',
  '67': '曾祖母',
  '68': '配偶的曾祖父母',
  '69': '其他祖父母关系',
  '70': '兄弟姐妹',
  '71': '兄',
  '72': '嫂',
  '73': '弟',
  '74': '弟媳',
  '75': '姐',
  '76': '姐夫',
  '77': '妹',
  '78': '妹夫',
  '79': '其他兄弟姐妹',
  '80': '其他',
  '97': '其他亲属',
  '99': '非亲属',
}

/**
 * A relation in words.
 *
 * @source GB/T 4761-2008 家庭关系代码 (names recalled, not re-checked against the text)
 */
export function relationName(code: string): string {
  return relationNames[code] ?? (/^[89]\d$/.test(code) ? '其他亲属' : '其他')
}
