import { byCommittee } from './committees.ts'
import { dayOf } from './days.ts'
import { type Decks, prepareDecks } from './decks.ts'
import { Identities } from './identity.ts'
import type { Day, People } from './model.ts'
import { planNeeds } from './needs.ts'
import { composePeople } from './people.ts'
import { assignSexes } from './sexes.ts'
import { settle, type Settled } from './settle.ts'
import { placeStories, type Story } from './stories.ts'

/**
 * What makes a district: the same wish makes the same district, to the byte. A smaller one is no
 * part of a larger one: its figures hold for its own size.
 */
export type DistrictWish = Readonly<{
  /** From 1,000 to 1,271,424 people. */
  residents: number
  seed: number
  /** The day the district is as it is, 'YYYY-MM-DD'. */
  today: string
}>

/** The whole district in arrays of numbers, about 10 bytes a person, before any household is made. */
export type Plan = Readonly<{
  seed: number
  today: Day
  people: People
  sex: Uint8Array
  settled: Settled
  /** Census households in the order of the committees. */
  order: Int32Array
  need: Uint8Array
  decks: Decks
  identities: Identities
  stories: ReadonlyMap<number, Story>
}>

/** Plans so that the figures of the census hold exactly, whatever the order of what follows. */
export function planDistrict({ residents, seed, today }: DistrictWish): Plan {
  const people = composePeople(residents, seed)
  const sex = assignSexes(people, seed)
  const settled = settle(people, seed)
  const need = planNeeds(people, settled, seed)
  const stories = placeStories(people, settled, need)
  return {
    seed,
    today: dayOf(today),
    people,
    sex,
    settled,
    order: byCommittee(settled.committee),
    need,
    decks: prepareDecks(people, sex, settled),
    identities: new Identities(),
    stories,
  }
}
