import { DownloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ExportRecord } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { Decision } from './decision.tsx'
import { useFetchExport } from './use-exports.ts'

const tones = { waiting: 'amber', ready: 'bridge', refused: 'plain', expired: 'plain' } as const

/** One export: what for, how much, who allowed it and what was fetched; nothing of the list itself. */
export function ExportCard({ one }: { one: ExportRecord }) {
  const { t, i18n } = useTranslation('exports')
  const english = i18n.language === 'en'
  const names = one.columns.map(({ name, shown }) =>
    shown === 'duty' ? t('dutyColumn', { name }) : name,
  )
  return (
    <li className="card export-card">
      <div className="export-head">
        <h2>{t('called', { id: one.id, list: english ? one.listEn : one.listName })}</h2>
        <Chip tone={tones[one.state]}>{t(`state.${one.state}`)}</Chip>
      </div>
      <dl className="export-facts">
        <dt>{t('field.by')}</dt>
        <dd>
          {one.mine ? t('me') : one.askedBy} · {one.areaName} · <Moment at={one.askedAt} />
        </dd>
        <dt>{t('field.purpose')}</dt>
        <dd>
          {english ? one.purposeEn : one.purposeName}
          {one.note ? `（${one.note}）` : null}
        </dd>
        <dt>{t('field.scope')}</dt>
        <dd>{one.scope.length > 0 ? one.scope.join('；') : t('everything')}</dd>
        <dt>{t('field.rows')}</dt>
        <dd className="number">
          {t('countedOf', { count: one.counted, limit: one.limitRows, most: one.mostRows })}
        </dd>
        <dt>{t('field.columns')}</dt>
        <dd>{names.join('、')}</dd>
        {one.decidedBy ? (
          <>
            <dt>{t(one.state === 'refused' ? 'field.refused' : 'field.approved')}</dt>
            <dd>
              {one.decidedBy} <Moment at={one.decidedAt} />
              {one.because ? ` · ${one.because}` : null}
            </dd>
          </>
        ) : null}
        <dt>{t('field.files')}</dt>
        <dd>{one.files.length > 0 ? <Files files={one.files} /> : t('noFile')}</dd>
        <dt>{t('field.thatDay')}</dt>
        <dd className="number">{t('rows', { count: one.rowsThatDay })}</dd>
      </dl>
      {one.mine && one.state === 'ready' ? <Fetch one={one} /> : null}
      {one.mayDecide ? <Decision id={one.id} /> : null}
    </li>
  )
}

function Files({ files }: { files: ExportRecord['files'] }) {
  const { t } = useTranslation('exports')
  return (
    <ul className="export-files">
      {files.map(({ at, rows, hash }) => (
        <li key={at}>
          <Moment at={at} /> · <span className="number">{t('rows', { count: rows })}</span> ·{' '}
          <span className="muted small" title={hash}>
            SM3 {hash.slice(0, 12)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Fetch({ one: { id, list, until } }: { one: ExportRecord }) {
  const { t } = useTranslation('exports')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const fetch = useFetchExport()
  return (
    <div className="export-steps">
      <Button
        type="primary"
        icon={<DownloadOutlined />}
        loading={fetch.isPending}
        onClick={() =>
          fetch.mutate(
            { id, list },
            { onError: (failure) => void message.warning(problemText(failure)) },
          )
        }
      >
        {t('fetch')}
      </Button>
      <span className="muted">
        {t('until')} <Moment at={until} />
      </span>
    </div>
  )
}
