import type { Alone } from './deliveries/alone.ts'
import type { Finding } from './measure.ts'
import { measuredAlone } from './measured-alone.ts'

/**
 * How long does a file about everybody take, from its bytes to facts in PostgreSQL, with the wide rows that
 * matching reads? And the same once more, and to take it back?
 */
export async function benchDeliveries(residents: number): Promise<Finding[]> {
  const found = await measuredAlone<Alone>(residents, './deliveries/alone.ts')
  const { rows, bytes, received, checked, applied, again, undone, memory, outcome } = found
  const million = rows >= 1_000_000
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  const finding = (question: string, value: string, limit = '', holds = true): Finding => ({
    question: `${rows.toLocaleString('en')} rows: ${question}`,
    value,
    limit: million ? limit : '',
    holds: !million || holds,
  })
  const perSecond = Math.round((rows / (checked + applied)) * 1000)
  return [
    finding('looked into once it had come', `${seconds(received)}, ${(bytes / 1e6).toFixed(0)} MB`),
    finding('every row checked and compared', seconds(checked)),
    finding(
      'written, wide rows included',
      `${seconds(applied)}, ${outcome[0].toLocaleString('en')} rows`,
    ),
    finding(
      'checked and written',
      `${seconds(checked + applied)}, ${perSecond.toLocaleString('en')} rows/s`,
      '≤ 180 s',
      checked + applied <= 180_000,
    ),
    finding(
      'the same once more',
      `${seconds(again)}, ${outcome[1]} written`,
      '0 written',
      outcome[1] === 0,
    ),
    finding('taken back', `${seconds(undone)}, ${outcome[2].toLocaleString('en')} rows`),
    finding(
      'greatest memory of the process',
      `${Math.round(memory)} MB`,
      '≤ 700 MB',
      memory <= 700,
    ),
  ]
}
