import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingContent, Source } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { sourcesQuery } from '../exchange/use-sources.ts'
import { ContentForm } from './content-form.tsx'
import { useDraft } from './use-sharing.ts'
import './sharing.css'

/** A request is drafted: from whom, then what it states, with what is agreed with the source filled in. */
export function NewSharingPage() {
  const { t } = useTranslation('sharing')
  const { data, error, refetch } = useQuery(sourcesQuery)
  return (
    <>
      <PageTitle title={t('askTitle')} back={<Link to="/sharing">{t('title')}</Link>} />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Draft sources={data.items} /> : null}
    </>
  )
}

function Draft({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation('sharing')
  const navigate = useNavigate()
  const problemText = useProblemText()
  const draft = useDraft()
  const [source, setSource] = useState<Source>()
  const save = async (content: SharingContent) => {
    if (!source) return
    await draft.mutateAsync({ source: source.id, ...content }).then(
      ({ id }) => navigate({ to: '/sharing/$sharingId', params: { sharingId: String(id) } }),
      () => {},
    )
  }
  const withheld = source?.sharing === 'withheld'
  return (
    <ContentForm
      // Another source brings other agreements: the fields begin anew.
      key={source?.id ?? ''}
      given={agreedWith(source)}
      first={
        <div className="sharing-form-source">
          <label htmlFor="sharing-source">{t('field.source')}</label>
          <Select
            id="sharing-source"
            showSearch={{ optionFilterProp: 'label' }}
            value={source?.id ?? null}
            options={sources.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => setSource(sources.find((one) => one.id === id))}
          />
          {withheld ? (
            <p role="alert" className="sharing-notice">
              {t('withheld')}
            </p>
          ) : null}
        </div>
      }
      saving={draft.isPending}
      disabled={!source || withheld}
      problem={draft.error ? problemText(draft.error) : null}
      submit={t('draft')}
      onSave={(content) => void save(content)}
      onCancel={() => void navigate({ to: '/sharing' })}
    />
  )
}

function agreedWith(source: Source | undefined): Partial<SharingContent> {
  if (!source) return {}
  const { sharing, method, legalBasis } = source
  return {
    ...(sharing && sharing !== 'withheld' ? { sharing } : {}),
    ...(method ? { method } : {}),
    ...(legalBasis ? { legalBasis } : {}),
  }
}
