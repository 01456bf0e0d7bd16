import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { figureTrouble } from './figure-trouble.ts'
import { NewFigure } from './new-figure.tsx'
import { type ParameterForm, type RowForm, withRow, withValue } from './yaml-edit.ts'

interface FigureTableProps {
  parameter: ParameterForm
  text: string
  readOnly: boolean
  onChange: (text: string) => void
}

/** How many of the latest figures are shown before one asks for all. */
const LATEST = 3

/** The figures of a parameter over time; an impossible one is refused at its field. */
export function FigureTable({ parameter, text, readOnly, onChange }: FigureTableProps) {
  const { t } = useTranslation('drafts')
  const [all, setAll] = useState(false)
  const [adding, setAdding] = useState(false)
  const { rows, name, unit } = parameter
  const hidden = all ? 0 : Math.max(0, rows.length - LATEST)
  const set = (i: number, key: keyof RowForm, value: string | number | null) =>
    onChange(withValue(text, [...parameter.path, 'rows', i, key], value))
  return (
    <div className="draft-figures">
      <h3>
        {name} {unit ? <span className="muted small">{unit}</span> : null}
      </h3>
      <div className="run-scroll" tabIndex={0} role="group" aria-label={name}>
        <table className="run-table">
          <thead>
            <tr>
              {(['from', 'to', 'value', 'document'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`figure.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(hidden).map((row, shown) => {
              const i = hidden + shown
              const trouble = figureTrouble(parameter, row, i)
              const field = (key: 'from' | 'to' | 'value') =>
                trouble?.field === key ? (
                  <span role="alert" className="draft-trouble small">
                    {t(`figure.trouble.${trouble.why}`)}
                  </span>
                ) : null
              const label = (key: 'from' | 'to' | 'value' | 'document') =>
                t('figure.field', { name, day: row.from, field: t(`figure.${key}`) })
              return (
                <tr key={`${parameter.id} ${String(i)}`}>
                  {(['from', 'to'] as const).map((key) => (
                    <td key={key}>
                      <Input
                        className="number"
                        aria-label={label(key)}
                        value={row[key] ?? ''}
                        readOnly={readOnly}
                        status={trouble?.field === key ? 'error' : ''}
                        onChange={(event) => set(i, key, event.target.value || null)}
                      />
                      {field(key)}
                    </td>
                  ))}
                  <td>
                    <InputNumber
                      aria-label={label('value')}
                      value={row.value}
                      controls={false}
                      readOnly={readOnly}
                      status={trouble?.field === 'value' ? 'error' : ''}
                      onChange={(value) => value !== null && set(i, 'value', value)}
                    />
                    {field('value')}
                  </td>
                  <td>
                    <Input
                      aria-label={label('document')}
                      value={row.document ?? ''}
                      readOnly={readOnly}
                      onChange={(event) => set(i, 'document', event.target.value)}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <p className="draft-actions">
        {hidden > 0 ? (
          <Button type="link" onClick={() => setAll(true)}>
            {t('figure.earlier', { count: hidden })}
          </Button>
        ) : null}
        {readOnly || adding ? null : (
          <Button onClick={() => setAdding(true)}>{t('figure.add', { name })}</Button>
        )}
      </p>
      {adding ? (
        <NewFigure
          parameter={parameter}
          onDone={() => setAdding(false)}
          onAdd={(row) => onChange(withRow(text, parameter, row))}
        />
      ) : null}
    </div>
  )
}
