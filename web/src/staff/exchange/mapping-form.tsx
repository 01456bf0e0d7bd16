import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryPage } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useCheck } from './use-deliveries.ts'

type Reading = NonNullable<DeliveryPage['reading']>

/** Which column is what, each with what stands in it; nothing is checked before somebody says that it is so. */
export function MappingForm({ delivery, reading }: { delivery: DeliveryPage; reading: Reading }) {
  const { t } = useTranslation('deliveries')
  const today = useToday()
  const problemText = useProblemText()
  const check = useCheck(delivery.id)
  const [onDay, setOnDay] = useState(delivery.onDay)
  const [mapping, setMapping] = useState<Record<string, string>>(
    delivery.mapping ?? reading.proposed,
  )
  const fieldOf = (heading: string) =>
    Object.keys(mapping).find((field) => mapping[field] === heading) ?? ''
  const take = (heading: string, field: string) => {
    const others = Object.entries(mapping).filter(
      ([one, column]) => one !== field && column !== heading,
    )
    setMapping(Object.fromEntries(field ? [...others, [field, heading]] : others))
  }
  const options = delivery.fields.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <section className="card delivery-mapping" aria-label={t('mapping')}>
      <h2>{t('mapping')}</h2>
      <p className="muted">{t('mappingHint')}</p>
      {reading.hints.length > 0 ? (
        <div role="alert">
          <ul className="delivery-hints">
            {reading.hints.map(({ field, message }) => (
              <li key={field}>{message}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="delivery-columns" role="group" aria-label={t('mapping')}>
        {reading.headings.map((heading, at) => (
          <div className="delivery-column" key={heading || at}>
            <div className="delivery-column-words">
              <strong>{heading || t('noHeading')}</strong>
              <span className="muted">{reading.samples[at]?.join('、') || t('noSamples')}</span>
            </div>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('columnIs', { heading })}
              placeholder={t('notUsed')}
              disabled={heading === ''}
              value={fieldOf(heading) || null}
              options={options}
              onChange={(field: string | null | undefined) => take(heading, field ?? '')}
            />
          </div>
        ))}
      </div>
      <div className="delivery-mapping-save">
        <label>
          {t('onDay')}{' '}
          <DatePicker
            aria-label={t('onDay')}
            value={dayjs(onDay)}
            maxDate={dayjs(today)}
            allowClear={false}
            disabled={mapping['day'] !== undefined}
            onChange={(day) => day && setOnDay(day.format('YYYY-MM-DD'))}
          />
        </label>
        <Button
          type={delivery.state === 'received' ? 'primary' : 'default'}
          loading={check.isPending}
          onClick={() => check.mutate({ mapping, onDay })}
        >
          {delivery.state === 'received' ? t('check') : t('checkAgain')}
        </Button>
        <span role="alert" className="delivery-problem">
          {check.error ? problemText(check.error) : null}
        </span>
      </div>
    </section>
  )
}
