/** Why somebody is no member any more. 离户原因 */
export const leavingReasons = {
  'moved-out': '迁出',
  died: '死亡',
  detained: '羁押或服刑',
  enlisted: '参军',
  'joined-another': '加入其他家庭',
  split: '分户',
  merged: '重复登记，已合并',
  other: '其他',
} as const

export type LeavingReason = keyof typeof leavingReasons

/** GB/T 4761: who the others are related to. 户主 */
const head = '02'

export type Member = Readonly<{
  personId: number
  relation: string
  /** 'YYYY-MM-DD', since when they are a member in this relation. */
  from: string
}>

/** A household as it stands on record, before something happens to it. */
export type Standing = Readonly<{
  members: readonly Member[]
  /** 'YYYY-MM-DD', the last day of whoever was a member before; null: nobody was. */
  lastDay: string | null
  /** Who collects what is paid; null: nobody was named. 领取人 */
  collector: number | null
  /** To whom something is paid: members, and null for the household. */
  paid: readonly (number | null)[]
}>

/** Who takes the place of a head who leaves, and how everybody else is related to them. 新户主 */
export type Following = Readonly<{
  head?: number | undefined
  relations?: readonly Readonly<{ personId: number; relation: string }>[] | undefined
  collector?: number | undefined
}>

/** What is wrong with a form: the field, and what to do about it. */
export type Refusal = Readonly<{ field: string; message: string }>

/**
 * What is refused of members leaving a household on the day they are no members any more: a head needs a successor
 * among those who stay, everybody else who stays a relation to the successor; and where something is paid to those who
 * stay, the end of the head, or of whoever collected it, needs a collector among them.
 *
 * @param leavers person ids, members of the household
 * @returns the first refusal; nothing where all is said
 */
export function refuseLeaving(
  { members, lastDay, collector, paid }: Standing,
  { leavers, day, today, following }: Leaving,
): Refusal | undefined {
  const leaving = members.filter(({ personId }) => leavers.includes(personId))
  const staying = members.filter(({ personId }) => !leavers.includes(personId))
  if (day > today) return { field: 'day', message: '不能晚于今天' }
  if (leaving.some(({ from }) => from >= day))
    return { field: 'day', message: '须晚于成员加入或关系变更之日；原登记有误的，请先撤销' }
  // Whoever is the last to leave is the head of everybody who was there until then.
  if (staying.length === 0 && lastDay !== null && day <= lastDay)
    return { field: 'day', message: `须晚于其他成员离户之日 ${lastDay}` }
  const headLeaves = leaving.some(({ relation }) => relation === head)
  if (staying.length === 0 || !headLeaves) {
    if (following.head !== undefined) return { field: 'following/head', message: '户主没有变更' }
  } else {
    const wrong = refuseSuccession(staying, day, following)
    if (wrong) return wrong
  }
  const wanted = collectorWanted({ members, collector, paid }, leavers)
  return refuseCollector(staying, { wanted, collector: following.collector })
}

/** Whether, once these have left, somebody must be named who collects what is paid to those who stay. */
export function collectorWanted(
  { members, collector, paid }: Pick<Standing, 'members' | 'collector' | 'paid'>,
  leavers: readonly number[],
): boolean {
  const leaving = members.filter(({ personId }) => leavers.includes(personId))
  const staying = members.filter(({ personId }) => !leavers.includes(personId))
  return (
    staying.length > 0 &&
    paid.some((to) => to === null || staying.some(({ personId }) => personId === to)) &&
    leaving.some(({ personId, relation }) => relation === head || personId === collector)
  )
}

export type Leaving = Readonly<{
  leavers: readonly number[]
  /** 'YYYY-MM-DD', the first day on which they are no members. */
  day: string
  today: string
  following: Following
}>

function refuseSuccession(
  staying: readonly Member[],
  day: string,
  { head: successor, relations = [] }: Following,
): Refusal | undefined {
  const next = staying.find(({ personId }) => personId === successor)
  if (!next) return { field: 'following/head', message: '户主离户，须从其余成员中选定新户主' }
  if (next.from > day) return { field: 'following/head', message: '新户主当日还不是成员' }
  if (relations.some(({ relation }) => relation === head))
    return { field: 'following/relations', message: '户主只能有一位' }
  const others = staying.filter(({ personId }) => personId !== successor)
  const told = relations.map(({ personId }) => personId)
  const all =
    told.length === others.length && others.every(({ personId }) => told.includes(personId))
  return all
    ? undefined
    : { field: 'following/relations', message: '须逐一填写其余成员与新户主的关系' }
}

function refuseCollector(
  staying: readonly Member[],
  { wanted, collector }: { wanted: boolean; collector: number | undefined },
): Refusal | undefined {
  if (staying.length === 0 && collector === undefined) return undefined
  if (collector === undefined && !wanted) return undefined
  return staying.some(({ personId }) => personId === collector)
    ? undefined
    : { field: 'following/collector', message: '家庭有在发待遇，须从其余成员中选定领取人' }
}

/**
 * What is refused of somebody who joins: a relation is one to the head, so nobody joins before the head became it, and
 * whoever comes to an empty household is its head, and comes after the last of those before them.
 */
export function refuseJoining(
  { members, lastDay }: Pick<Standing, 'members' | 'lastDay'>,
  { relation, from, today }: Readonly<{ relation: string; from: string; today: string }>,
): Refusal | undefined {
  if (from > today) return { field: 'from', message: '不能晚于今天' }
  const now = members.find((one) => one.relation === head)
  if (!now) {
    if (relation !== head) return { field: 'relation', message: '这户已没有成员，加入的人须为户主' }
    return lastDay !== null && from <= lastDay
      ? { field: 'from', message: `须晚于原成员离户之日 ${lastDay}` }
      : undefined
  }
  if (relation === head) return { field: 'relation', message: '这户已有户主' }
  return from < now.from ? { field: 'from', message: '不能早于现任户主之日' } : undefined
}

/** What is refused of a split: somebody stays, somebody leaves, and those who leave have one head. */
export function refuseSplit(
  { members }: Pick<Standing, 'members'>,
  leaving: readonly Readonly<{ personId: number; relation: string }>[],
): Refusal | undefined {
  const ids = leaving.map(({ personId }) => personId)
  if (new Set(ids).size !== ids.length) return { field: 'members', message: '同一成员只能选一次' }
  if (!ids.every((id) => members.some(({ personId }) => personId === id)))
    return { field: 'members', message: '这户没有这位成员' }
  if (ids.length === members.length)
    return { field: 'members', message: '全户搬走不是分户，请用迁居' }
  if (leaving.filter(({ relation }) => relation === head).length !== 1)
    return { field: 'members', message: '新户须有且只有一位户主' }
  return undefined
}
