import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Policy } from '../../api/views.ts'

/** What to bring (a list to tick while packing), where, how long. */
export function PolicyHowTo({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  const details = [
    { key: 'channel', text: policy.channel },
    { key: 'timeLimit', text: policy.timeLimit },
    { key: 'review', text: policy.review },
  ] as const
  return (
    <section className="card policy-section">
      <h2>{t('howTo')}</h2>
      <h3>{t('materials')}</h3>
      {policy.materials.length > 0 ? (
        <ul className="policy-materials">
          {policy.materials.map((material) => (
            <li key={material}>
              <Checkbox>{material}</Checkbox>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('noMaterials')}</p>
      )}
      <dl className="policy-details">
        {details.map(({ key, text }) =>
          text ? (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{text}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  )
}
