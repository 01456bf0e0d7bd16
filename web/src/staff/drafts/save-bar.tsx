import { App, Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useTrouble } from './use-trouble.ts'
import type { Writing } from './use-writing.ts'

interface SaveBarProps {
  draft: Draft
  writing: Writing
  onReview: () => void
}

/** From which day on, whether everything is saved, and the way to the review. */
export function SaveBar({ draft, writing, onReview }: SaveBarProps) {
  const { t } = useTranslation('drafts')
  const { message } = App.useApp()
  const trouble = useTrouble()
  const today = useToday()
  const { isDirty, saving, store, from } = writing
  const earliest = draft.head.from && draft.head.from > today ? draft.head.from : today
  async function save(): Promise<void> {
    await store()
    void message.success(t('save.done'))
  }
  return (
    <div className="card draft-save">
      <label className="draft-start">
        <span>{t('save.from')}</span>
        <DatePicker
          value={from ? dayjs(from) : null}
          minDate={dayjs(earliest)}
          placeholder={t('startsAtOnce')}
          onChange={(day) => writing.setFrom(day ? day.format('YYYY-MM-DD') : null)}
        />
      </label>
      <span className={isDirty ? 'draft-unsaved' : 'muted'} role="status">
        {t(isDirty ? 'save.unsaved' : 'save.saved')}
      </span>
      <span className="draft-actions">
        {isDirty ? (
          <Button type="text" onClick={writing.discard}>
            {t('save.discard')}
          </Button>
        ) : null}
        <Button
          type={isDirty ? 'primary' : 'default'}
          disabled={!isDirty}
          loading={saving.isPending}
          onClick={() => void save().catch(() => {})}
        >
          {t('save.button')}
        </Button>
        <Button type={isDirty ? 'default' : 'primary'} disabled={isDirty} onClick={onReview}>
          {t('save.review')}
        </Button>
      </span>
      {saving.error ? (
        <p role="alert" className="draft-trouble">
          {trouble(saving.error)}
        </p>
      ) : null}
    </div>
  )
}
