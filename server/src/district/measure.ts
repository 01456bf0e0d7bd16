import { dayOf, monthsLater } from './days.ts'
import { figures, fullSize, type Target } from './figures.ts'
import type { GeneratedHousehold, GeneratedMember } from './model.ts'

/** One line of figures/targets.csv against a generated district. */
export type Measure = Readonly<{
  metric: string
  value: number
  target: number
  least: number
  most: number
  holds: boolean
}>

/** Counts a district as it streams by and compares it with the scaled targets. */
export class Census {
  readonly #counts = new Map<string, number>()
  readonly #yearAgo: number

  constructor(today: string) {
    this.#yearAgo = monthsLater(dayOf(today), -12)
  }

  add(household: GeneratedHousehold): void {
    for (const member of household.members) this.#addMember(member, household.urban)
    if (household.kind === 'collective')
      this.#count('collective-residents', household.members.length)
    else this.#addFamily(household)
    this.#addAwards(household)
  }

  /**
   * @param slack share of the target that is tolerated besides its own tolerance, for small districts
   */
  measures(slack = 0): Measure[] {
    const residents = this.#of('residents')
    return figures.targets.map((target) => this.#measure(target, residents / fullSize, slack))
  }

  #measure({ metric, kind, target, least, most }: Target, scale: number, slack: number): Measure {
    const factor = kind === 'share' ? 1 : scale
    const room = slack * target * factor + (slack > 0 && kind === 'count' ? 3 : 0)
    const value = kind === 'share' ? this.#share(metric) : this.#of(metric)
    const bounds = { least: least * factor - room, most: most * factor + room }
    return {
      metric,
      value,
      target: target * factor,
      ...bounds,
      holds: value >= bounds.least && value <= bounds.most,
    }
  }

  #share(metric: string): number {
    const whole: Record<string, string> = {
      'minority-share': 'residents',
      'never-married-share-male': 'male-15-plus',
      'never-married-share-female': 'female-15-plus',
      'renting-share': 'family-households',
    }
    return (100 * this.#of(metric)) / this.#of(whole[metric] ?? 'aged-15-plus')
  }

  #addMember(member: GeneratedMember, urban: boolean): void {
    const { age, sex } = member
    const name = sex === 1 ? 'male' : 'female'
    this.#count('residents')
    this.#count(name)
    if (age <= 14) this.#count('aged-0-14')
    if (age >= 60) this.#count('aged-60-plus')
    if (age >= 65) this.#count('aged-65-plus')
    if (urban) this.#count('urban-residents')
    const kind = {
      '2': 'registered-other-township',
      '3': 'registered-other-district',
      '4': 'registered-outside',
    }[member.hukou]
    if (kind) this.#count(kind)
    if (member.ethnicity !== '01') this.#count('minority-share')
    if (member.education === 'university') this.#count('university-6-plus')
    if (member.education === 'college') this.#count('junior-college-6-plus')
    if (age < 15) return
    this.#count('aged-15-plus')
    this.#count(`${name}-15-plus`)
    if (member.education === 'none') this.#count('illiterate-15-plus')
    if (member.marital === '10') this.#count(`never-married-share-${name}`)
    if (member.marital === '30') this.#count('widowed-share')
    if (member.marital === '40') this.#count('divorced-share')
  }

  /** Counts census households: of the families that share one, the first alone. */
  #addFamily({ members, home, rents }: GeneratedHousehold): void {
    if (!home.first) return
    this.#count('family-households')
    if (home.people === 1) this.#count('one-person-households')
    this.#count(`${['', 'one', 'two', 'three', 'four'][home.generations]}-generation-households`)
    if (members.some(({ age }) => age >= 65)) this.#count('households-with-65-plus')
    if (rents) this.#count('renting-share')
    const [head] = members
    if (head && home.people === 1 && head.age >= 60 && head.hukou <= '2')
      this.#count('elders-living-alone')
  }

  #addAwards({ members, awards, facts }: GeneratedHousehold): void {
    const now = awards.filter(({ state }) => state === 'receiving')
    const holds = (programme: string) => now.some((award) => award.programme === programme)
    const each = (programme: string, metric: string) =>
      this.#count(metric, now.filter((award) => award.programme === programme).length)
    if (holds('dibao')) {
      this.#count('dibao-households')
      this.#count('dibao-persons', members.length)
    }
    if (holds('edge-household')) this.#count('edge-persons', members.length)
    each('tekun', 'tekun-persons')
    each('zhongcan-wuye', 'zhongcan-wuye-persons')
    each('kunjing-ertong', 'children-in-hardship')
    each('guer', 'children-in-hardship')
    if (
      awards.some(
        (award) =>
          award.programme === 'zhichu-shenghuo' && (award.to ?? this.#yearAgo) >= this.#yearAgo,
      )
    ) {
      this.#count('zhichu-persons-year', members.length)
    }
    const needy =
      /^(dibao|edge-household|zhichu-shenghuo|tekun|zhongcan-wuye|kunjing-ertong|guer|canji-shenghuo)$/
    if (awards.some(({ programme }) => needy.test(programme)))
      this.#count('needy-pool', members.length)
    for (const { fact, value, member } of facts) {
      if (fact === 'disability_level' && value !== null && members[member ?? 0]!.hukou <= '2')
        this.#count('certified-disabled')
    }
  }

  #count(metric: string, by = 1): void {
    this.#counts.set(metric, this.#of(metric) + by)
  }

  #of(metric: string): number {
    return this.#counts.get(metric) ?? 0
  }
}
