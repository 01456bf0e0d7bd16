import { useTranslation } from 'react-i18next'
import type { Notice, Purpose } from '../../api/views.ts'
import { fieldsOf } from './use-notices.ts'

interface NoticeSheetProps {
  purpose: Purpose
  notice: Notice
  /** Who is to sign; empty leaves a line to write on. */
  name: string
}

/** What a person is told, in large letters, with lines to sign on where their consent is asked. */
export function NoticeSheet({ purpose, notice, name }: NoticeSheetProps) {
  const { t } = useTranslation('notices')
  const lines = fieldsOf(purpose).filter((field) => field !== 'text' && field !== 'easy')
  return (
    <article className="card notice-sheet">
      <section className="notice-easy" aria-label={t('field.easy')}>
        <h2>{t('field.easy')}</h2>
        <p>{notice.content.easy}</p>
      </section>
      <dl className="notice-said">
        {lines.map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{notice.content[field]}</dd>
          </div>
        ))}
      </dl>
      <section aria-label={t('field.text')}>
        <h2>{t('field.text')}</h2>
        <p>{notice.content.text}</p>
      </section>
      {purpose.restsOn === 'duty' ? <p>{t('sheet.duty')}</p> : null}
      {purpose.restsOn !== 'duty' && notice.from ? (
        <section className="notice-sign">
          <p>{t('sheet.agree')}</p>
          <dl>
            <Line name={t('sheet.person')} says={name} />
            {purpose.toOthers ? <Line name={t('sheet.recipient')} /> : null}
            <Line name={t('sheet.until')} />
            <Line name={t('sheet.signed')} />
            <Line name={t('sheet.guardian')} />
            <Line name={t('sheet.relation')} />
            <Line name={t('sheet.day')} />
          </dl>
        </section>
      ) : null}
    </article>
  )
}

function Line({ name, says = '' }: { name: string; says?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{says || '\u00A0'}</dd>
    </div>
  )
}
