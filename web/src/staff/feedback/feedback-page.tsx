import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '../../api/policies.ts'
import { useSession } from '../../api/session.tsx'
import type { FeedbackList } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { ExportButton } from '../exports/export-button.tsx'
import { FeedbackItem } from './feedback-item.tsx'
import { GiveForm } from './give-form.tsx'
import { feedbackQuery, type FeedbackSearch } from './use-feedback.ts'
import '../runs/runs.css'
import './feedback.css'

export function FeedbackPage() {
  const { t } = useTranslation('feedback')
  const session = useSession()
  const search: FeedbackSearch = useSearch({ from: '/frame/feedback' })
  const navigate = useNavigate({ from: '/feedback' })
  const [giving, setGiving] = useState(false)
  const { data, error, refetch } = useQuery(feedbackQuery(search))
  const { data: library } = useQuery(policiesQuery)
  const policies = (library?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const show = (next: FeedbackSearch) => void navigate({ search: { ...next }, replace: true })
  const give = session.may.includes('feedback.write') ? (
    <Button type="primary" onClick={() => setGiving(true)}>
      {t('give')}
    </Button>
  ) : null
  const { open: _shown, ...anyState } = search
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} action={give} />
      {giving ? <GiveForm policies={policies} onDone={() => setGiving(false)} /> : null}
      <div className="feedback-tools">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('programme')}
          placeholder={t('allProgrammes')}
          value={search.programme ?? null}
          options={policies}
          onChange={(programme: string | null | undefined) =>
            show({ ...(search.open ? { open: '1' } : {}), ...(programme ? { programme } : {}) })
          }
        />
        <Checkbox
          checked={Boolean(search.open)}
          onChange={(event) => show(event.target.checked ? { ...search, open: '1' } : anyState)}
        >
          {t('open')}
        </Checkbox>
        <ExportButton
          label={t('export')}
          list="feedback"
          filters={search.programme ? { programme: search.programme } : {}}
        />
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data && data.programmes.length > 0 ? <Report list={data} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('empty.title')} body={t('empty.body')} />
      ) : null}
      <ul className="feedback-list">
        {data?.items.map((item) => (
          <FeedbackItem key={item.id} item={item} />
        ))}
      </ul>
    </>
  )
}

/** The report: what is said of each programme, the most troubled first. */
function Report({ list }: { list: FeedbackList }) {
  const { t } = useTranslation('feedback')
  return (
    <section className="card feedback-report" aria-label={t('report')}>
      <h2>{t('report')}</h2>
      <div className="run-scroll" tabIndex={0} role="group" aria-label={t('report')}>
        <table className="run-table">
          <thead>
            <tr>
              <th scope="col">{t('column.programme')}</th>
              {(['works', 'fails', 'open', 'households'] as const).map((column) => (
                <th key={column} scope="col" className="run-number">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.programmes.map((row) => (
              <tr key={row.programme}>
                <th scope="row">{row.programmeName}</th>
                {(['works', 'fails', 'open', 'households'] as const).map((column) => (
                  <td key={column} className="run-number number">
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
