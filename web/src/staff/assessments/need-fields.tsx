import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DraftedNeed } from '../../api/views.ts'
import { DIMENSIONS, emptyNeed, URGENCIES } from './writing.ts'

interface NeedFieldsProps {
  needs: readonly DraftedNeed[]
  onChange: (needs: DraftedNeed[]) => void
}

/** What the household wishes for, one a line. */
export function NeedFields({ needs, onChange }: NeedFieldsProps) {
  const { t } = useTranslation('assessments')
  const put = (place: number, next: Partial<DraftedNeed>) =>
    onChange(needs.map((need, at) => (at === place ? { ...need, ...next } : need)))
  return (
    <section className="assess-block" aria-label={t('form.needs')}>
      <h3>{t('form.needs')}</h3>
      <p className="muted small">{t('form.needsHint')}</p>
      {needs.map((need, place) => {
        const which = t('form.need', { count: place + 1 })
        return (
          <div key={place} className="assess-need" role="group" aria-label={which}>
            <Select
              aria-label={`${which} ${t('form.dimension')}`}
              value={need.dimension}
              options={DIMENSIONS.map((value) => ({ value, label: t(`dimension.${value}`) }))}
              onChange={(dimension) => put(place, { dimension })}
            />
            <Select
              aria-label={`${which} ${t('form.urgency')}`}
              value={need.urgency}
              options={URGENCIES.map((value) => ({ value, label: t(`urgency.${value}`) }))}
              onChange={(urgency) => put(place, { urgency })}
            />
            <Input
              aria-label={`${which} ${t('form.outcome')}`}
              placeholder={t('form.outcomeHint')}
              maxLength={300}
              value={need.outcome}
              onChange={({ target }) => put(place, { outcome: target.value })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('form.dropNeed', { count: place + 1 })}
              onClick={() => onChange(needs.filter((_, at) => at !== place))}
            />
          </div>
        )
      })}
      <Button icon={<PlusOutlined />} onClick={() => onChange([...needs, emptyNeed])}>
        {t('form.addNeed')}
      </Button>
    </section>
  )
}
