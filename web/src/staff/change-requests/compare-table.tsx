import { useTranslation } from 'react-i18next'
import type { ChangeRequest } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

type Item = ChangeRequest['items'][number]

/** Of each field what stood on record, what stands there now where that is another, and what is asked for. */
export function CompareTable({ request }: { request: ChangeRequest }) {
  const { t } = useTranslation('changeRequests')
  const waits = request.state === 'open' || request.state === 'returned'
  const changed = waits && request.items.some((item) => item.outOfDate)
  return (
    <table className={changed ? 'card compare compare-changed' : 'card compare'}>
      <caption className="visually-hidden">{t('compare')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          {changed ? <th scope="col">{t('now')}</th> : null}
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {request.items.map((item) => (
          <tr key={`${item.personId} ${item.field}`}>
            <th scope="row">
              {item.person ? <span className="muted small">{item.person} </span> : null}
              {item.fieldName}
            </th>
            <Value text={item.before} label={t('before')} item={item} />
            {changed ? (
              <Value text={item.now} label={t('now')} item={item}>
                {item.done ? (
                  <Chip tone="outline">{t('done')}</Chip>
                ) : item.outOfDate ? (
                  <Chip tone="amber">{t('changedMeanwhile')}</Chip>
                ) : null}
              </Value>
            ) : null}
            <Value text={item.after} label={t('after')} item={item} isAfter />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ValueProps {
  text: string | null
  label: string
  item: Item
  isAfter?: boolean
  children?: React.ReactNode
}

function Value({ text, label, item, isAfter = false, children }: ValueProps) {
  const { t } = useTranslation('changeRequests')
  const isNumber = item.field === 'id-number' || item.field === 'phone'
  return (
    <td className={isAfter ? 'compare-after' : undefined} data-label={label}>
      <span className={isNumber ? 'number' : undefined}>
        {text ?? <span className="muted">{t('nothing')}</span>}
      </span>{' '}
      {children}
    </td>
  )
}
