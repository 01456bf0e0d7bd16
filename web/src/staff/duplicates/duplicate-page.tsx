import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Duplicate } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { isTyping } from '../../ui/is-typing.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { Merged } from './merged.tsx'
import { NotSameDialog } from './not-same-dialog.tsx'
import { Reasons } from './reasons.tsx'
import { SideBySide } from './side-by-side.tsx'
import { duplicateQuery } from './use-duplicates.ts'
import './duplicates.css'

/** One pair of records, field by field, and the decision on it; the keys m and n open either. */
export function DuplicatePage() {
  const { t } = useTranslation('duplicates')
  const { pairId } = useParams({ from: '/frame/duplicates/$pairId' })
  const { data, error, refetch } = useQuery(duplicateQuery(Number(pairId)))
  return (
    <>
      <PageTitle
        title={data ? t('two', { first: data.first.name, second: data.second.name }) : t('title')}
        summary={data ? t('score', { score: data.score }) : null}
        back={<Link to="/duplicates">{t('back')}</Link>}
        action={data?.state === 'open' ? <Decide key={data.id} pair={data} /> : null}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Pair pair={data} /> : null}
    </>
  )
}

function Pair({ pair }: { pair: Duplicate }) {
  const { t } = useTranslation('duplicates')
  return (
    <>
      {pair.decidedAt ? (
        <section className="card duplicate-decided">
          <strong>
            {t(pair.state === 'merged' ? 'merge.decided' : 'decided', { by: pair.decidedBy })}
          </strong>
          <p>
            {pair.note}{' '}
            <span className="muted">
              <Day day={pair.decidedAt.slice(0, 10)} />
            </span>
          </p>
          {pair.merge ? <Merged id={pair.id} merge={pair.merge} /> : null}
        </section>
      ) : null}
      <p className="duplicate-why">
        <Reasons reasons={pair.reasons} />
      </p>
      <SideBySide pair={pair} />
    </>
  )
}

function Decide({ pair }: { pair: Duplicate }) {
  const { t } = useTranslation('duplicates')
  const [open, setOpen] = useState<'merge' | 'not-same' | null>(null)
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if ((event.key !== 'n' && event.key !== 'm') || isTyping(event)) return
      event.preventDefault()
      setOpen((now) => now ?? (event.key === 'm' ? 'merge' : 'not-same'))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const close = () => setOpen(null)
  return (
    <>
      <Button aria-keyshortcuts="n" onClick={() => setOpen('not-same')}>
        {t('notSame')}
      </Button>
      <Button type="primary" aria-keyshortcuts="m" onClick={() => setOpen('merge')}>
        {t('merge.begin')}
      </Button>
      <NotSameDialog pair={pair} open={open === 'not-same'} onClose={close} />
      <MergeDialog pair={pair} open={open === 'merge'} onClose={close} />
    </>
  )
}
