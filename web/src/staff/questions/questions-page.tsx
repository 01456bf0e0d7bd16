import { useQuery } from '@tanstack/react-query'
import { App, Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { AskedFactList } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { ExportButton } from '../exports/export-button.tsx'
import { AskedFacts } from './asked-facts.tsx'
import { QuestionFilters, QuestionFiltersDrawer } from './question-filters.tsx'
import {
  askedFactsQuery,
  QUESTION_SORTS,
  questionsParams,
  sortOf,
  useQuestionsSearch,
  useSearchQuestions,
} from './use-questions.ts'
import './questions.css'

/** 值得一问: which fact, collected for whom, settles most. */
export function QuestionsPage() {
  const { t } = useTranslation('questions')
  const { search } = useQuestionsSearch()
  const { data, error, refetch, isPlaceholderData } = useQuery(askedFactsQuery(search))
  useFocusKeys('.question-open')
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={
          <>
            {data && data.households > 0 ? `${t('summary', { count: data.households })} · ` : null}
            {t('lead')}
          </>
        }
        action={<Actions data={data} />}
      />
      <div className="questions">
        <QuestionFilters facets={data?.facets} />
        <section className="card" aria-busy={isPlaceholderData} aria-label={t('title')}>
          {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
          {!data && !error ? <LoadingState rows={12} /> : null}
          {data ? <SearchNote search={data.search} /> : null}
          {data && data.items.length === 0 ? <Nothing search={data.search} /> : null}
          {data && data.items.length > 0 ? (
            <>
              <AskedFacts items={data.items} />
              <p className="muted small question-basis">{t('basis')}</p>
            </>
          ) : null}
        </section>
      </div>
    </>
  )
}

function Actions({ data }: { data: AskedFactList | undefined }) {
  const { t } = useTranslation('questions')
  const { may } = useSession()
  const { search, filter } = useQuestionsSearch()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const start = useSearchQuestions()
  return (
    <>
      <QuestionFiltersDrawer facets={data?.facets} />
      <Select
        className="question-sort"
        aria-label={t('sort.label')}
        value={sortOf(search)}
        options={QUESTION_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
        onChange={(sort) => filter({ sort: sort === 'found' ? undefined : sort })}
      />
      {data && data.items.length > 0 ? (
        <ExportButton label={t('export')} list="questions" filters={questionsParams(search)} />
      ) : null}
      {may.includes('runs.write') ? (
        <Button
          loading={start.isPending || data?.search.state === 'running'}
          onClick={() =>
            start.mutate(undefined, {
              onSuccess: () => void message.success(t('started')),
              onError: (failure) => void message.warning(problemText(failure)),
            })
          }
        >
          {t('search')}
        </Button>
      ) : null}
    </>
  )
}

/** How the list came about, where that is not as it should be. */
function SearchNote({ search }: { search: AskedFactList['search'] }) {
  const { t } = useTranslation('questions')
  const notes = [
    search.state === 'running' ? t('searching', { done: search.households, of: search.of }) : null,
    search.state === 'failed' ? t('failed') : null,
    search.isOld ? t('old', { day: search.onDay ?? '' }) : null,
    search.leftOut > 0 ? t('leftOut', { count: search.leftOut }) : null,
  ].filter((note) => note !== null)
  return notes.length > 0 ? (
    <p className="question-note" role="status">
      {notes.join(' ')}
    </p>
  ) : null
}

function Nothing({ search }: { search: AskedFactList['search'] }) {
  const { t } = useTranslation('questions')
  const { isFiltered, clear } = useQuestionsSearch()
  if (isFiltered) {
    return (
      <EmptyState
        title={t('empty.filtered')}
        body={t('empty.filteredBody')}
        action={<Button onClick={clear}>{t('clearAll')}</Button>}
      />
    )
  }
  return search.state === 'done' ? (
    <EmptyState title={t('empty.none')} body={t('empty.noneBody')} />
  ) : (
    <EmptyState title={t('empty.never')} body={t('empty.neverBody')} />
  )
}
