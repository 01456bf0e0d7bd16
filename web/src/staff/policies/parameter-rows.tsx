import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Parameter } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { figure } from './figure.ts'
import { StandardForm } from './standard-form.tsx'

/** Only the district enters figures; the server says so to whom it lets. */
function mayEnter(may: readonly string[]): boolean {
  return may.some((granted) => granted.startsWith('policies.') && granted !== 'policies.read')
}

function sourceText(source: string[] | string | undefined): string {
  return Array.isArray(source) ? source.join('、') : (source ?? '')
}

/** Every known figure with its document, newest first, and a place to enter the next. */
export function ParameterRows({ parameter }: { parameter: Parameter }) {
  const { t } = useTranslation(['policies', 'words'])
  const { may } = useSession()
  const [entering, setEntering] = useState(false)
  const rows = parameter.rows.toSorted((one, other) => other.from.localeCompare(one.from))
  return (
    <>
      {rows.length > 0 ? (
        <details className="parameter-history">
          <summary>{t('history')}</summary>
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('history')}>
            <table className="parameter-rows">
              <thead>
                <tr>
                  <th scope="col">{t('table.from')}</th>
                  <th scope="col" className="parameter-value">
                    {t('table.value')}
                  </th>
                  <th scope="col">{t('table.document')}</th>
                  <th scope="col">{t('table.source')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.from}>
                    <td>
                      <Day day={row.from} />
                      {row.to ? (
                        <>
                          {' – '}
                          <Day day={row.to} />
                        </>
                      ) : null}
                    </td>
                    <td className="parameter-value number">{figure(row.value, parameter.unit)}</td>
                    <td>{row.document}</td>
                    <td className="muted small">
                      {sourceText(row.source)}
                      {row.confidence === 'low' || row.confidence === 'recalled'
                        ? ` · ${t(`words:confidence.${row.confidence}`)}`
                        : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ) : null}
      {mayEnter(may) && !entering ? (
        <Button size="small" className="parameter-enter" onClick={() => setEntering(true)}>
          {t('fill.open')}
        </Button>
      ) : null}
      {entering ? <StandardForm parameter={parameter} onDone={() => setEntering(false)} /> : null}
    </>
  )
}
