import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Advisor, Certificate } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { EndDialog } from './end-dialog.tsx'

/** Certificates, the latest first; one that stands can be ended. */
export function Certificates({ advisor: { certificates, may, staffId } }: { advisor: Advisor }) {
  const { t } = useTranslation('advisors')
  const [ending, setEnding] = useState<Certificate>()
  return (
    <section className="card advisor-part" aria-label={t('certificate.title')}>
      <h2>{t('certificate.title')}</h2>
      {certificates.length === 0 ? <p className="muted">{t('certificate.none')}</p> : null}
      <ul className="advisor-certificates">
        {certificates.map((one) => (
          <li key={one.id}>
            <strong className="number">{one.number}</strong>{' '}
            {one.demonstration ? (
              <Chip tone="outline">{t('certificate.demonstration')}</Chip>
            ) : null}
            {one.endedOn ? <Chip>{t('standing.ended')}</Chip> : null}
            <p>
              <Day day={one.from} /> {t('to')} <Day day={one.to} />
            </p>
            <p className="muted small">{one.because}</p>
            {one.endedOn ? (
              <p className="muted small">
                <Day day={one.endedOn} />{' '}
                {t('certificate.endedBecause', { because: one.endedBecause })}
              </p>
            ) : may.write ? (
              <Button size="small" onClick={() => setEnding(one)}>
                {t('certificate.end')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {ending ? (
        <EndDialog staffId={staffId} certificate={ending} onClose={() => setEnding(undefined)} />
      ) : null}
    </section>
  )
}
