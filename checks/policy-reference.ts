import { join } from 'node:path'
import { type Pack, type Parameter, type Programme, type Watched, watchList } from '@qiao/rules'
import { loadPackFolder } from '../server/src/features/policies/pack-files.ts'
import { sourceText } from '../server/src/features/policies/source-text.ts'

/** docs/reference/policy.md: every item of the pack with its latest figures, then who must look when. */
export async function policyReference(root: string): Promise<string> {
  const { pack } = await loadPackFolder(join(root, 'policy'))
  const counts = computed.map((kind) => {
    const many = pack.programmes.filter(({ computes }) => computes === kind).length
    return `${computesWords[kind]} ${many}`
  })
  const watched = watchList(pack).map((one) => watchRow(pack, one))
  const sources = Object.entries(pack.sources).map(
    ([id, text]) => `- \`${id}\` ${sourceText(text)}`,
  )
  return `# Policies 政策一览

The ${pack.programmes.length} items of pack ${pack.version} as they stand in \`policy/\`: ${counts.join(', ')}. Of every figure the latest
row is given, with the days it is known for; earlier rows are in the programme's file. What was not found is 待核.
Answers are advice; the township confirms. Generated from the pack.

${pack.categories.map((category) => section(pack, category)).join('\n')}
## Watch list 复核清单

Every figure that no longer holds after the day named, or was never found, in the order in which it falls due, and
which department publishes it. \`qiao policy check\` tells those that are due today.

| 起 | 标准 | 政策 | 为什么 | 向谁核实 |
| --- | --- | --- | --- | --- |
${watched.join('\n')}

## Sources 来源

${sources.join('\n')}
`
}

const computed = ['full', 'eligibility', 'guidance'] as const
const computesWords: Readonly<Record<Programme['computes'], string>> = {
  full: '资格和金额',
  eligibility: '资格',
  guidance: '指引',
}

function section(pack: Pack, { id, name }: Pack['categories'][number]): string {
  const rows = pack.programmes.filter(({ category }) => category === id).map(itemRow)
  return `## ${name}

| 政策 | 编号 | 层级 | 部门 | 计算 | 现行标准 | 别名 |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function itemRow(programme: Programme): string {
  const { id, name, level = '', departments = [], computes, parameters, aliases = [] } = programme
  const names = aliases.map(({ name: alias, from, to }) => alias + days(from, to))
  const cells = [
    name,
    `\`${id}\``,
    level,
    departments.join('、'),
    computesWords[computes],
    parameters.map(figure).join('<br>'),
    names.join('<br>'),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The latest figure, its days, document, sources and confidence. */
function figure({ name, unit = '', rows, pending }: Parameter): string {
  const last = rows.at(-1)
  if (!last) return `${name} 待核（${pending[0]?.note ?? '没有找到'}）`
  const { value, from, knownUntil, source = [], confidence = '', document = '文号待核' } = last
  const amount = `${Number(value).toLocaleString('zh-CN', { maximumFractionDigits: 4 })} ${unit}`
  const basis = [document, source.join(' '), confidence].filter((part) => part !== '')
  return `${name} ${amount}${days(from, knownUntil ?? undefined)}；${basis.join('；')}`
}

function days(from: string | undefined, to: string | undefined): string {
  if (from === undefined && to === undefined) return ''
  if (to === undefined) return `（${from} 起）`
  return from === undefined ? `（至 ${to}）` : `（${from} 至 ${to}）`
}

const becauseWords: Readonly<Record<Watched['because'], string>> = {
  adjusted: '每年调整，新一期没有找到',
  ended: '公布的期限已到',
  standing: '满24个月应复核',
  missing: '一直没有找到',
}

function watchRow(pack: Pack, { parameter, by, because, departments }: Watched): string {
  const programme = pack.programmes.find(({ id }) => id === parameter.programme)?.name ?? ''
  return `| ${by} | ${parameter.name} | ${programme} | ${becauseWords[because]} | ${departments.join('、')} |`
}
