import { useTranslation } from 'react-i18next'
import type { ProgrammeTrial, Trial } from '../../api/views.ts'
import { useCount, useYuan } from './words.ts'

type Words = (value: number | null) => string

const COLUMNS = ['eligible', 'gained', 'lost', 'unknown', 'year', 'notReceiving'] as const

/** Whether anything that is shown of a benefit differs; the hidden counts as differing. */
function isMoved({ before, after, gained, lost }: ProgrammeTrial): boolean {
  const isSame = (['eligible', 'unknown', 'yearFen', 'notReceiving'] as const).every(
    (field) => before[field] === after[field],
  )
  return !isSame || gained !== 0 || lost !== 0
}

/** Every benefit that the change reaches, and who moves from one to another. */
export function ProgrammeTable({ trial }: { trial: Trial }) {
  const { t } = useTranslation('lab')
  const [count, yuan] = [useCount(), useYuan()]
  const step = (words: Words, was: number | null, is: number | null) =>
    was === is ? words(was) : t('programmes.step', { from: words(was), to: words(is) })
  const [moved, still] = [
    trial.programmes.filter(isMoved),
    trial.programmes.filter((one) => !isMoved(one)),
  ]
  const table = (programmes: readonly ProgrammeTrial[]) => (
    <div className="run-scroll" tabIndex={0} role="group" aria-label={t('programmes.title')}>
      <table className="run-table">
        <thead>
          <tr>
            <th scope="col">{t('programmes.name')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="run-number">
                {t(`programmes.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {programmes.map(({ id, entity, name, before, after, gained, lost }) => (
            <tr key={`${id} ${entity}`}>
              <th scope="row" className="lab-wrap">
                {name}
              </th>
              <td className="run-number number">{step(count, before.eligible, after.eligible)}</td>
              <td className="run-number number">{count(gained)}</td>
              <td className="run-number number">{count(lost)}</td>
              <td className="run-number number">{step(count, before.unknown, after.unknown)}</td>
              <td className="run-number number">{step(yuan, before.yearFen, after.yearFen)}</td>
              <td className="run-number number">
                {step(count, before.notReceiving, after.notReceiving)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
  return (
    <section className="card lab-table" aria-label={t('programmes.title')}>
      <h2>{t('programmes.title')}</h2>
      {moved.length > 0 ? table(moved) : <p className="muted lab-note">{t('programmes.none')}</p>}
      {still.length > 0 ? (
        <details className="lab-still">
          <summary>{t('programmes.still', { count: still.length })}</summary>
          {table(still)}
        </details>
      ) : null}
      <p className="muted small lab-note">{t('takeUp.note')}</p>
      {trial.moves.length > 0 ? (
        <>
          <h3>{t('moves.title')}</h3>
          <ul className="lab-moves">
            {trial.moves.slice(0, 10).map(({ from, to, households }) => (
              <li key={`${from} ${to}`}>
                {t('moves.line', { from, to })}{' '}
                <span className="number">{t('moves.households', { count: households })}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
