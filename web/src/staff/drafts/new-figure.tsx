import { Button, DatePicker, Input, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { figureTrouble } from './figure-trouble.ts'
import type { ParameterForm, RowForm } from './yaml-edit.ts'

interface NewFigureProps {
  parameter: ParameterForm
  onAdd: (row: RowForm) => void
  onDone: () => void
}

/** A figure to come: from which day, how much, in which document, found where. */
export function NewFigure({ parameter, onAdd, onDone }: NewFigureProps) {
  const { t } = useTranslation(['drafts', 'words'])
  const [from, setFrom] = useState<string | undefined>(parameter.pending[0])
  const [value, setValue] = useState<number | null>(null)
  const [document, setDocument] = useState('')
  const [source, setSource] = useState('')
  const [asked, setAsked] = useState(false)
  const row = { ...(from ? { from } : {}), ...(value === null ? {} : { value }) }
  const trouble = figureTrouble(parameter, row, null)
  const lacking = document.trim() === '' || source.trim() === ''
  function add(): void {
    setAsked(true)
    if (trouble || lacking || from === undefined || value === null) return
    onAdd({ from, value, document, note: t('drafts:figure.note', { source }) })
    onDone()
  }
  return (
    <div className="draft-new-figure">
      <DatePicker
        aria-label={t('figure.from')}
        placeholder={t('figure.from')}
        value={from ? dayjs(from) : null}
        status={asked && trouble?.field === 'from' ? 'error' : ''}
        onChange={(day) => setFrom(day ? day.format('YYYY-MM-DD') : undefined)}
      />
      <InputNumber
        aria-label={t('figure.value')}
        placeholder={t('figure.value')}
        controls={false}
        suffix={parameter.unit}
        value={value}
        status={asked && trouble?.field === 'value' ? 'error' : ''}
        onChange={setValue}
      />
      <Input
        aria-label={t('figure.document')}
        placeholder={t('figure.document')}
        value={document}
        maxLength={100}
        onChange={(event) => setDocument(event.target.value)}
      />
      <Input
        aria-label={t('figure.source')}
        placeholder={t('figure.source')}
        value={source}
        maxLength={300}
        onChange={(event) => setSource(event.target.value)}
      />
      <Button type="primary" onClick={add}>
        {t('figure.put')}
      </Button>
      <Button type="text" onClick={onDone}>
        {t('words:cancel')}
      </Button>
      {asked && (trouble || lacking) ? (
        <p role="alert" className="draft-trouble small">
          {trouble ? t(`figure.trouble.${trouble.why}`) : t('figure.trouble.source')}
        </p>
      ) : null}
    </div>
  )
}
