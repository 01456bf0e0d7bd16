import { useTranslation } from 'react-i18next'
import type { Outcome, SampleCell, Trial } from '../../api/views.ts'
import { Counted } from './counted.tsx'
import { type Table, useCount, useRowName, useYuan } from './words.ts'

const COLUMNS = ['total', 'gains', 'loses', 'moves', 'open', 'unchanged'] as const

interface OutcomeTableProps {
  trial: Trial
  table: Table
  /** Looks behind a figure; left out: figures only stand there. */
  onOpen?: (cell: SampleCell, name: string) => void
}

/** How the outcomes fall on one kind of group, as bars and figures. */
export function OutcomeTable({ trial, table, onOpen }: OutcomeTableProps) {
  const { t } = useTranslation('lab')
  const rows = trial[table]
  const [count, yuan, nameOf] = [useCount(), useYuan(), useRowName()]
  const most = Math.max(1, ...rows.map(({ gains, loses }) => Math.max(gains ?? 0, loses ?? 0)))
  return (
    <section className="card lab-table" aria-label={t(`by.${table}`)}>
      <h2>{t(`by.${table}`)}</h2>
      {table === 'deciles' ? <UnknownShare rows={rows} /> : null}
      <div className="run-scroll" tabIndex={0} role="group" aria-label={t(`by.${table}`)}>
        <table className="run-table">
          <thead>
            <tr>
              <th scope="col">{t(`by.${table}`)}</th>
              <th scope="col" className="lab-bars">
                {t('outcome.gains')} / {t('outcome.loses')}
              </th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className="run-number">
                  {t(`outcome.${column}`)}
                </th>
              ))}
              {table === 'ages' ? null : (
                <th scope="col" className="run-number">
                  {t('cost.difference')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{nameOf(table, row)}</th>
                <td className="lab-bars">
                  <Bars row={row} most={most} />
                </td>
                {COLUMNS.map((column) => (
                  <td key={column} className="run-number number">
                    {table === 'ages' || column === 'total' || column === 'unchanged' ? (
                      count(row[column])
                    ) : (
                      <Counted
                        count={row[column]}
                        cell={{ table, row: row.id, outcome: column }}
                        name={nameOf(table, row)}
                        onOpen={onOpen && ((cell) => onOpen(cell, nameOf(table, row)))}
                      />
                    )}
                  </td>
                ))}
                {table === 'ages' ? null : (
                  <td className="run-number number">{yuan(differenceOf(row))}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function differenceOf({ wonFen, lostFen }: Outcome): number | null {
  return wonFen === null || lostFen === null ? null : wonFen - lostFen
}

function Bars({ row, most }: { row: Outcome; most: number }) {
  return (
    <span className="lab-bar" aria-hidden="true">
      <span className="lab-bar-gains" style={{ width: `${((row.gains ?? 0) / most) * 100}%` }} />
      <span className="lab-bar-loses" style={{ width: `${((row.loses ?? 0) / most) * 100}%` }} />
    </span>
  )
}

function UnknownShare({ rows }: { rows: readonly Outcome[] }) {
  const { t } = useTranslation('lab')
  const all = rows.reduce((sum, { total }) => sum + (total ?? 0), 0)
  const unknown = rows.find(({ id }) => id === 'unknown')?.total ?? 0
  const share = all === 0 ? '0%' : `${((unknown / all) * 100).toFixed(1)}%`
  return <p className="muted small lab-note">{t('unknownShare', { share })}</p>
}
