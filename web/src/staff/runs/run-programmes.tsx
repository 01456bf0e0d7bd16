import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/views.ts'

type Row = Run['byProgramme'][number]

function figure(value: number): string {
  return value.toLocaleString('zh-CN')
}

/** How many each policy fits, how many still need facts, how many fit and do not receive. */
export function RunProgrammes({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const rows = run.byProgramme.toSorted((one, other) => other.notReceiving - one.notReceiving)
  const most = Math.max(1, ...rows.map((row) => row.eligible + row.unknown))
  if (rows.length === 0) return null
  return (
    <section className="card run-programmes" aria-labelledby="by-programme">
      <h2 id="by-programme">{t('byProgramme')}</h2>
      <table className="run-table">
        <thead>
          <tr>
            <th scope="col">{t('column.programme')}</th>
            <th scope="col" className="run-number">
              {t('column.notReceiving')}
            </th>
            <th scope="col" className="run-number">
              {t('column.eligible')}
            </th>
            <th scope="col" className="run-number">
              {t('column.unknown')}
            </th>
            <th scope="col" className="run-share">
              {t('column.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ProgrammeRow key={row.programme} row={row} most={most} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ProgrammeRow({ row, most }: { row: Row; most: number }) {
  return (
    <tr>
      <th scope="row">
        <Link to="/policies/$policyId" params={{ policyId: row.programme }}>
          {row.programmeName}
        </Link>
      </th>
      <td className="run-number number">
        {row.notReceiving > 0 ? (
          <Link to="/leads" search={{ programme: row.programme }}>
            {figure(row.notReceiving)}
          </Link>
        ) : (
          <span className="muted">0</span>
        )}
      </td>
      <td className="run-number number">{figure(row.eligible)}</td>
      <td className="run-number number">{figure(row.unknown)}</td>
      <td className="run-share">
        <span className="run-bar" aria-hidden="true">
          <span className="run-bar-eligible" style={{ width: `${(row.eligible / most) * 100}%` }} />
          <span className="run-bar-unknown" style={{ width: `${(row.unknown / most) * 100}%` }} />
        </span>
      </td>
    </tr>
  )
}
