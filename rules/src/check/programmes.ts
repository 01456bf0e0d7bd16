import type { Origins } from './shape.ts'
import { nearest, Reporter } from './shape.ts'
import type { Pack, Problem, ProgrammeCondition, Sourced } from '../pack.ts'

type Context = Readonly<{ problems: Problem[]; origins: Origins; categories: Pack['categories'] }>

/** Checks programmes against each other: ids, categories, references, tiers. */
export function checkProgrammes(
  programmes: readonly Sourced[],
  { problems, origins, categories }: Context,
): void {
  const ids = programmes.map((p) => p.programme.id)
  programmes.forEach((source, i) => {
    const report = new Reporter(source.file, problems)
    const { programme } = source
    if (programme.id !== '' && ids.indexOf(programme.id) !== i) {
      report.add(['id'], 'pack.duplicate-name', `政策编号“${programme.id}”重复`)
    }
    if (
      categories.length > 0 &&
      programme.category !== '' &&
      !categories.some((c) => c.id === programme.category)
    ) {
      const near = nearest(
        programme.category,
        categories.map((c) => c.id),
      )
      report.add(
        ['category'],
        'pack.unknown-category',
        `pack.yaml 里没有类别“${programme.category}”${near ? `,是不是“${near}”?` : ''}`,
      )
    }
    for (const key of ['excludes', 'passports'] as const) {
      for (const reference of programme[key]) {
        if (ids.includes(reference.programme)) continue
        const near = nearest(reference.programme, ids)
        const path = [...(origins.get(reference) ?? [key]), 'programme']
        report.add(
          path,
          'pack.unknown-programme',
          `没有编号为“${reference.programme}”的政策${near ? `,是不是“${near}”?` : ''}`,
        )
      }
    }
    checkTiers(source, report, origins)
  })
}

function checkTiers({ programme }: Sourced, report: Reporter, origins: Origins): void {
  if (programme.computes === 'guidance') {
    if (programme.tiers.length > 0)
      report.add(['tiers'], 'pack.tiers', '只作指引(computes: guidance)的政策不写 tiers')
    return
  }
  if (programme.tiers.length === 0 && !report.has(['tiers']))
    report.add(['tiers'], 'pack.tiers', '要计算资格的政策至少要有一档(tiers)')
  const tiers = new Set<string>()
  for (const tier of programme.tiers) {
    const path = origins.get(tier) ?? ['tiers']
    if (tiers.has(tier.id))
      report.add([...path, 'id'], 'pack.duplicate-name', `档的编号“${tier.id}”重复`)
    tiers.add(tier.id)
    const none = tier.conditions.length === 0 && programme.conditions.length === 0
    if (none && !report.has([...path, 'conditions']) && !report.has(['conditions'])) {
      report.add([...path, 'conditions'], 'pack.tiers', '这一档没有任何条件,等于人人符合')
    }
    checkConditionIds([...programme.conditions, ...tier.conditions], report, origins)
  }
}

function checkConditionIds(
  conditions: readonly ProgrammeCondition[],
  report: Reporter,
  origins: Origins,
): void {
  const ids = new Set<string>()
  for (const c of conditions) {
    if (ids.has(c.id))
      report.add([...(origins.get(c) ?? []), 'id'], 'pack.duplicate-name', `条件编号“${c.id}”重复`)
    ids.add(c.id)
  }
}
