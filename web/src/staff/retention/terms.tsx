import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RetentionClass } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { TermDialog } from './term-dialog.tsx'
import { TermHistory } from './term-history.tsx'
import { useTermText } from './term-text.ts'
import { retentionQuery } from './use-retention.ts'

/** Every class with what starts its clock and how long it is kept, as far as somebody confirmed it. */
export function Terms() {
  const { t } = useTranslation('retention')
  const { data, error, refetch } = useQuery(retentionQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={6} />
  return (
    <>
      <ul className="retention-list">
        {data.items.map((one) => (
          <ClassCard key={one.id} of={one} />
        ))}
      </ul>
      <p className="muted retention-note">{t('terms.kept')}</p>
    </>
  )
}

function ClassCard({ of }: { of: RetentionClass }) {
  const { t, i18n } = useTranslation('retention')
  const [open, setOpen] = useState(false)
  const termText = useTermText()
  const english = i18n.language === 'en'
  const name = t(`class.${of.id}`)
  return (
    <li className="card retention-card">
      <div className="retention-head">
        <h2>{name}</h2>
        <Button aria-label={t('terms.editOf', { name })} onClick={() => setOpen(true)}>
          {t('terms.edit')}
        </Button>
      </div>
      <dl className="retention-said">
        <div>
          <dt>{t('terms.starts')}</dt>
          <dd>{english ? of.startsEn : of.starts}</dd>
        </div>
        <div>
          <dt>{t('terms.term')}</dt>
          <dd>
            {of.term ? (
              <>
                <strong>{termText(of.term)}</strong>
                <span className="muted retention-clause">{of.term.basis}</span>
              </>
            ) : (
              <Chip tone="amber">{t('terms.unconfirmed')}</Chip>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('terms.least')}</dt>
          <dd>
            {of.least ? (
              <>
                {t('terms.leastYears', { years: of.least.years })}
                <span className="muted retention-clause">{of.least.clause}</span>
              </>
            ) : (
              t('terms.none')
            )}
          </dd>
        </div>
        <div>
          <dt>{t('terms.ends')}</dt>
          <dd>{t(`terms.end.${of.ends}`)}</dd>
        </div>
      </dl>
      {of.waits ? <p className="muted retention-note">{t('terms.waits')}</p> : null}
      {of.term ? <TermHistory id={of.id} /> : null}
      <TermDialog of={of} name={name} open={open} onClose={() => setOpen(false)} />
    </li>
  )
}
