import type { Pack, Result } from '@qiao/rules'

const verdicts = { eligible: '符合', ineligible: '不符合', unknown: '待核实' } as const
const marks = { met: '√', unmet: '×', unknown: '？' } as const
const periods = { month: '/月', year: '/年', once: '（一次性）', event: '/次' } as const

/** The results for a person at a terminal: what is given first, then what is open, then the rest. */
export function resultsTable(pack: Pack, on: string, results: readonly Result[]): string {
  const order = ['eligible', 'unknown', 'ineligible'] as const
  const lines = [`${on} · 政策包 ${pack.version}`, '']
  for (const verdict of order) {
    for (const result of results.filter((one) => one.verdict === verdict))
      lines.push(...resultLines(pack, result))
  }
  return `${lines.join('\n')}\n仅供参考,以街镇审核确认为准\n`
}

function resultLines(pack: Pack, result: Result): string[] {
  const name = pack.programmes.find(({ id }) => id === result.programme)?.name ?? result.programme
  const who = result.member === undefined ? '' : `（${result.member}）`
  const amount = amountText(result.amount)
  const head = `${verdicts[result.verdict]}  ${name}${who}${amount === '' ? '' : `  ${amount}`}`
  if (result.verdict === 'ineligible') {
    const unmet = result.conditions
      .filter(({ verdict }) => verdict === 'unmet')
      .map(({ text }) => text)
    return [`${head}：${unmet.slice(0, 2).join('；')}`]
  }
  const conditions = result.conditions.map(
    ({ text, verdict }) => `        ${marks[verdict]} ${text}`,
  )
  const missing = [
    ...new Set(
      result.missing.map(({ fact }) => pack.facts.find(({ id }) => id === fact)?.name ?? fact),
    ),
  ]
  return [
    head,
    ...conditions,
    ...(missing.length > 0 ? [`        还缺：${missing.join('、')}`] : []),
  ]
}

function amountText(amount: Result['amount']): string {
  if (amount.kind === 'exact') return `${yuan(amount.fen)} 元${periods[amount.per]}`
  if (amount.kind === 'range')
    return `${yuan(amount.min)}–${yuan(amount.max)} 元${periods[amount.per]}`
  return amount.kind === 'official' ? '金额由街镇核定' : ''
}

function yuan(fen: number): string {
  return (fen / 100).toLocaleString('zh-CN', { maximumFractionDigits: 2 })
}
