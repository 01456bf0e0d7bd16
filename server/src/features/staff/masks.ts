import type { FieldClass } from './field-classes.ts'

/** What stands for a value that is on record but not for this reader. */
export const hiddenText = '已登记，内容不公开'

/**
 * A name as those see it whose duty does not need it: 王○○, the first character and one or two circles, so
 * that a long name is not known by its length.
 */
export function maskName(name: string): string {
  const [first, ...rest] = name
  if (first === undefined) return ''
  return first + '○'.repeat(Math.min(Math.max(rest.length, 1), 2))
}

/** 3101**********1234: where it was given out, and the end by which its holder knows it. */
export function maskIdNumber(text: string): string {
  return text.length <= 8
    ? '*'.repeat(text.length)
    : text.slice(0, 4) + '*'.repeat(text.length - 8) + text.slice(-4)
}

/** A phone number of which only the last four digits can be read. */
export function maskPhone(text: string): string {
  return '*'.repeat(Math.max(0, text.length - 4)) + text.slice(-4)
}

const hide = (text: string) => (text === '' ? '' : hiddenText)

/** A text of a class as it leaves where it may not leave as it is; what was masked before stays so. */
const masks: Readonly<Record<FieldClass, (text: string) => string>> = {
  name: maskName,
  'listed-name': maskName,
  'id-number': maskIdNumber,
  phone: maskPhone,
  address: hide,
  plain: hide,
  'need-signal': hide,
  clinical: hide,
  'free-text': hide,
  scale: hide,
}

export function maskText(fieldClass: string, text: string): string {
  return Object.hasOwn(masks, fieldClass) ? masks[fieldClass as FieldClass](text) : ''
}
