import { dayFromText } from '@qiao/rules'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The 18th character of a citizen ID number. @source GB 11643-1999 (ISO 7064 MOD 11-2) */
export function checkCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * weights[i]!
  return checks[sum % 11]!
}

/** What an ID number says of its holder; `birthDate` as YYYY-MM-DD, `sex` 1 or 2 as in GB/T 2261.1. */
export type Identity = Readonly<{ idNumber: string; birthDate: string; sex: '1' | '2' }>

/**
 * Reads an ID number as somebody wrote it; one of 15 digits, given until 1999, becomes one of 18.
 *
 * @returns what it says, or in words what is wrong with it
 * @source GB 11643-1999
 */
export function readIdNumber(written: string): Identity | { wrong: string } {
  const dense = written.replace(/[\s-]/g, '').toUpperCase()
  if (!/^(\d{17}[\dX]|\d{15})$/.test(dense)) return { wrong: '要填 18 位或 15 位身份证号' }
  const idNumber = dense.length === 15 ? lengthened(dense) : dense
  const birthDate = birthDateIn(idNumber)
  if (dayFromText(birthDate) === null) return { wrong: '号码里的出生日期不存在' }
  if (idNumber[17] !== checkCharacter(idNumber.slice(0, 17))) return { wrong: '校验位不对' }
  return { idNumber, birthDate, sex: Number(idNumber[16]) % 2 === 1 ? '1' : '2' }
}

/** The number as it may be on record: of 18 digits, and of 15 where its holder could have had one. */
export function formsOf(idNumber: string): string[] {
  const of15 = idNumber.slice(6, 8) === '19' ? [idNumber.slice(0, 6) + idNumber.slice(8, 17)] : []
  return [idNumber, ...of15]
}

/** Valid numbers that become this one when two neighbouring digits are swapped by mistake. */
export function swapsOf(idNumber: string): string[] {
  const found = neighboursSwapped(idNumber.slice(0, 17)).map(
    (first17) => first17 + checkCharacter(first17),
  )
  return found.filter((one) => dayFromText(birthDateIn(one)) !== null)
}

/** Days that are written like this one but for two digits swapped, or month and day; itself not. */
export function daysLike(day: string): string[] {
  const [year = '', month = '', date = ''] = day.split('-')
  const swapped = neighboursSwapped(year + month + date)
  const written = [...swapped, year + date + month].map(
    (one) => `${one.slice(0, 4)}-${one.slice(4, 6)}-${one.slice(6)}`,
  )
  return [...new Set(written)].filter((one) => one !== day && dayFromText(one) !== null)
}

function lengthened(of15: string): string {
  const first17 = `${of15.slice(0, 6)}19${of15.slice(6)}`
  return first17 + checkCharacter(first17)
}

function birthDateIn(idNumber: string): string {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
}

function neighboursSwapped(digits: string): string[] {
  return digits.split('').flatMap((one, i) => {
    const next = digits[i + 1]
    return next === undefined || next === one
      ? []
      : [digits.slice(0, i) + next + one + digits.slice(i + 2)]
  })
}
