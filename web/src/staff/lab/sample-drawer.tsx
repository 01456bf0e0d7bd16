import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SampleCell, SampleHousehold, SampleSaid } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { yuanText } from '../../ui/yuan.ts'
import { samplesQuery } from './use-lab.ts'
import type { Change } from './values.ts'
import { useRowName } from './words.ts'

interface SampleDrawerProps {
  change: Change
  /** The figure that is looked behind, and what it is called; none: closed. */
  cell: SampleCell | undefined
  name: string
  onClose: () => void
}

/** Some households behind a figure, told so that nobody is named. */
export function SampleDrawer({ change, cell, name, onClose }: SampleDrawerProps) {
  const { t } = useTranslation('lab')
  const { data, error, refetch } = useQuery(samplesQuery(change, cell))
  return (
    <Drawer
      open={cell !== undefined}
      onClose={onClose}
      size={520}
      title={cell ? t('samples.title', { name, outcome: t(`outcome.${cell.outcome}`) }) : ''}
      rootClassName="lab-samples"
    >
      <div
        className="lab-samples-body"
        tabIndex={0}
        role="group"
        aria-label={t('samples.households')}
      >
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={6} /> : null}
        {data ? (
          <>
            <p>{t('samples.shown', { shown: data.households.length, counted: data.counted })}</p>
            <p className="muted small">{t('samples.note')}</p>
            <ol className="lab-sample-list">
              {data.households.map((household, i) => (
                // The households have no name of their own here; their order is that of the answer.
                <SampleItem key={`${String(i)} ${household.yearFen}`} household={household} />
              ))}
            </ol>
          </>
        ) : null}
      </div>
    </Drawer>
  )
}

function SampleItem({ household }: { household: SampleHousehold }) {
  const { t } = useTranslation('lab')
  const { yearFen, apartFen, changes, householdId } = household
  return (
    <li className="lab-sample">
      <p className="lab-sample-who">{useWho(household)}</p>
      <p className="number">
        {yearFen === 0 && apartFen === 0 ? t('samples.same') : null}
        {yearFen === 0 ? null : t(yearFen > 0 ? 'samples.more' : 'samples.less', yuan(yearFen))}
        {yearFen !== 0 && apartFen !== 0 ? t('samples.and') : null}
        {apartFen === 0
          ? null
          : t(apartFen > 0 ? 'samples.moreOnce' : 'samples.lessOnce', yuan(apartFen))}
      </p>
      <ul className="small">
        {changes.map(({ programme, before, after }, i) => (
          <li key={`${programme ?? ''} ${String(i)}`}>
            {programme ?? t('samples.few')}
            {t('samples.colon')}
            <Said said={before} /> → <Said said={after} />
          </li>
        ))}
      </ul>
      {householdId === null ? null : (
        <Link to="/households/$householdId" params={{ householdId: String(householdId) }}>
          {t('samples.open')}
        </Link>
      )}
    </li>
  )
}

function yuan(fen: number): { yuan: string } {
  return { yuan: yuanText(Math.abs(fen)) }
}

/** What may be told of a household, from where it is to how old its people are. */
function useWho({ township, kind, size, bands }: SampleHousehold): string {
  const { t } = useTranslation('lab')
  const nameOf = useRowName()
  const parts = [
    township,
    kind === null ? null : nameOf('kinds', { id: kind, name: null }),
    size === null ? null : t(size.orMore ? 'samples.sizeOrMore' : 'samples.size', size),
    bands === null
      ? null
      : bands.map((id) => nameOf('ages', { id, name: null })).join(t('samples.list')),
  ].filter((part) => part !== null)
  return parts.length === 0 ? t('samples.nothing') : parts.join(' · ')
}

function Said({ said }: { said: SampleSaid }) {
  const { t } = useTranslation('lab')
  const { verdict, yearFen, apartFen, open } = said
  const amounts = [
    yearFen === 0 ? null : t('samples.aYear', yuan(yearFen)),
    apartFen === 0 ? null : t('samples.once', yuan(apartFen)),
    open ? t('samples.openAmount') : null,
  ].filter((part) => part !== null)
  return (
    <>
      {t(`samples.verdict.${verdict}`)}
      {amounts.map((part) => t('samples.and') + part).join('')}
    </>
  )
}
