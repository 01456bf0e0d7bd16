import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Service } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day, Moment } from '../../ui/day.tsx'
import { AmendDialog } from './amend-dialog.tsx'
import { CounselDialog } from './counsel-dialog.tsx'
import { CounsellingNotes } from './counselling-notes.tsx'
import { EarlierVersions } from './earlier-versions.tsx'
import { Flags } from './flags.tsx'
import { useOutcomeText } from './outcome-text.ts'
import { ServiceWords } from './service-words.tsx'

interface ServiceItemProps {
  household: Household
  service: Service
}

/** One record as it stands, with what stood before. */
export function ServiceItem({ household, service }: ServiceItemProps) {
  const { t } = useTranslation('services')
  const outcomeText = useOutcomeText()
  const [open, setOpen] = useState<'amend' | 'counsel' | 'read'>()
  const { id, day, begins, ends, method, outcome, persons, programmesTold, may, because } = service
  const close = () => setOpen(undefined)
  const hours = [begins, ends].filter(Boolean).join('–')
  return (
    <li className="service">
      <div className="service-head">
        <strong>
          <Day day={day} />
        </strong>
        {hours ? <span className="number muted">{hours}</span> : null}
        <span>{t(`method.${method}`)}</span>
        <Chip tone={outcome === 'met' ? 'bridge' : 'outline'}>{outcomeText(service)}</Chip>
        {outcome === 'met' ? null : <span className="muted small">{t('tab.notCounted')}</span>}
        {service.services.map((type) => (
          <Chip key={type}>{t(`type.${type}`)}</Chip>
        ))}
        <Flags flags={service.flags} />
      </div>
      <p className="muted small service-by">
        {t('record.by', { name: service.firstBy })} <Moment at={service.firstAt} />
        {persons.length > 0
          ? ` · ${t('record.persons')} ${persons.map(({ name }) => name).join('、')}`
          : null}
        {programmesTold.length > 0
          ? ` · ${t('record.told')} ${programmesTold.map(({ name }) => name).join('、')}`
          : null}
        {because ? ` · ${t('record.because', { text: because, name: service.madeBy })}` : null}
      </p>
      <ServiceWords of={service} />
      <div className="service-acts not-printed">
        {may.includes('amend') ? (
          <Button size="small" onClick={() => setOpen('amend')}>
            {t(may.includes('edit') ? 'record.edit' : 'record.amend')}
          </Button>
        ) : null}
        {may.includes('counsel') ? (
          <Button size="small" onClick={() => setOpen('counsel')}>
            {t('record.counsel')}
          </Button>
        ) : null}
        {may.includes('read-counselling') ? (
          <Button size="small" onClick={() => setOpen('read')}>
            {t('record.readCounselling')}
          </Button>
        ) : null}
      </div>
      {service.version > 1 ? (
        <EarlierVersions householdId={household.id} id={id} count={service.version - 1} />
      ) : null}
      {open === 'amend' ? (
        <AmendDialog household={household} service={service} onClose={close} />
      ) : null}
      {open === 'counsel' ? (
        <CounselDialog householdId={household.id} id={id} onClose={close} />
      ) : null}
      {open === 'read' ? (
        <CounsellingNotes householdId={household.id} id={id} onClose={close} />
      ) : null}
    </li>
  )
}
