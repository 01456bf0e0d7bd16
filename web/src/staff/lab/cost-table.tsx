import { useTranslation } from 'react-i18next'
import type { Trial } from '../../api/views.ts'
import { useYuan } from './words.ts'

type Cost = Trial['cost']['before']
const ROWS = ['month', 'year'] as const

/** What is sure, today and changed; what is not sure stands apart. */
export function CostTable({ cost: { before, after } }: Pick<Trial, 'cost'>) {
  const { t } = useTranslation('lab')
  const yuan = useYuan()
  const open = (cost: Cost) => {
    const words = { low: yuan(cost.openLowFen), high: yuan(cost.openHighFen) }
    return cost.endless === 0
      ? t('cost.openRange', words)
      : t('cost.openEndless', { ...words, count: cost.endless ?? t('few') })
  }
  return (
    <section className="card lab-table" aria-label={t('cost.title')}>
      <h2>{t('cost.title')}</h2>
      <p className="muted small lab-note">{t('cost.note')}</p>
      <div className="run-scroll" tabIndex={0} role="group" aria-label={t('cost.title')}>
        <table className="run-table">
          <thead>
            <tr>
              <td />
              {(['today', 'changed', 'difference'] as const).map((column) => (
                <th key={column} scope="col" className="run-number">
                  {t(`cost.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map((row) => {
              const [was, is] = [before[`${row}Fen`], after[`${row}Fen`]]
              return (
                <tr key={row}>
                  <th scope="row">{t(`cost.${row}`)}</th>
                  <td className="run-number number">{yuan(was)}</td>
                  <td className="run-number number">{yuan(is)}</td>
                  <td className="run-number number">{yuan(is - was)}</td>
                </tr>
              )
            })}
            <tr>
              <th scope="row">{t('cost.open')}</th>
              <td className="run-number number lab-wrap">{open(before)}</td>
              <td className="run-number number lab-wrap">{open(after)}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  )
}
