import dayjs, { type Dayjs } from 'dayjs'
import type { ServiceForm } from '../../api/views.ts'

/** As it stands in the fields. */
export interface Written {
  method: ServiceForm['method']
  outcome: ServiceForm['outcome']
  day: Dayjs
  begins: Dayjs | null
  ends: Dayjs | null
  personIds: number[]
  services: ServiceForm['services']
  programmes: string[]
  materials: { name: string; quantity: number; yuan: number }[]
  flags: ServiceForm['flags']
  nextDay: Dayjs | null
  words: ServiceForm['words']
  because: string
}

const NO_WORDS = { said: '', seen: '', needs: '', done: '', resource: '', next: '' }

interface Start {
  today: string
  persons: readonly { personId: number }[]
  method: ServiceForm['method']
  outcome?: ServiceForm['outcome']
  last: { flags: ServiceForm['flags'] } | null
}

/** What a new record begins with: today, by what is due, of the one who lives there, with what was noted of danger. */
export function startOf({ today, persons, method, outcome = 'met', last }: Start): ServiceForm {
  const [only, ...others] = persons
  return {
    personIds: only && others.length === 0 && outcome === 'met' ? [only.personId] : [],
    day: today,
    begins: null,
    ends: null,
    method,
    outcome,
    services: [],
    programmes: [],
    materials: [],
    flags: outcome === 'met' ? (last?.flags ?? []) : [],
    nextDay: null,
    words: NO_WORDS,
  }
}

export const HOURS = 'HH:mm'
const DAY = 'YYYY-MM-DD'

/** A record as it stands in the fields. */
export function toFields({ materials, ...one }: ServiceForm): Omit<Written, 'because'> {
  const time = (text: string | null) => (text ? dayjs(`2000-01-01T${text}`) : null)
  return {
    ...one,
    day: dayjs(one.day),
    begins: time(one.begins),
    ends: time(one.ends),
    nextDay: one.nextDay ? dayjs(one.nextDay) : null,
    materials: materials.map(({ name, quantity, fen }) => ({ name, quantity, yuan: fen / 100 })),
  }
}

/** What is sent of it. */
export function toForm({ because, ...one }: Written): ServiceForm & { because: string | null } {
  const met = one.outcome === 'met'
  return {
    ...one,
    because: because?.trim() || null,
    services: met ? one.services : [],
    day: one.day.format(DAY),
    begins: one.begins?.format(HOURS) ?? null,
    ends: one.ends?.format(HOURS) ?? null,
    nextDay: one.nextDay?.format(DAY) ?? null,
    materials: one.materials.map(({ name, quantity, yuan }) => ({
      name: name.trim(),
      quantity,
      fen: Math.round((yuan ?? 0) * 100),
    })),
    words: { ...NO_WORDS, ...one.words },
  }
}
