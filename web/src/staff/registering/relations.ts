/** Whom everybody else is related to, by GB/T 4761. 户主 */
export const HEAD = '02'

/** To the head of the household, by GB/T 4761; those that are chosen from. 与户主关系 */
export const RELATIONS = [
  '10',
  '20',
  '30',
  '28',
  '38',
  '41',
  '42',
  '50',
  '60',
  '70',
  '97',
  '99',
] as const
