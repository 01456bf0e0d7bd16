import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SampleCell, Trial } from '../../api/views.ts'
import { ExportButtons } from './export-buttons.tsx'
import { OutcomeFigures } from './outcome-figures.tsx'
import { useSentence } from './words.ts'

interface AnswerProps {
  trial: Trial
  onOpen: (cell: SampleCell, name: string) => void
}

/** The change in a sentence, and who gains and loses by it. */
export function Answer({ trial, onOpen }: AnswerProps) {
  const { t } = useTranslation('lab')
  const { message } = App.useApp()
  const sentence = useSentence()
  const { sample, massLoss, ms } = trial
  const percent = (share: number) => `${Number((share * 100).toFixed(2))}%`
  const share = () => {
    void navigator.clipboard?.writeText(globalThis.location.href)
    void message.success(t('keep.shared'))
  }
  return (
    <section className="card lab-answer" aria-live="polite" aria-label={t('title')}>
      <p className="lab-sentence">{sentence(trial)}</p>
      <OutcomeFigures trial={trial} onOpen={onOpen} />
      {massLoss.exceeded ? (
        <p role="note" className="lab-mass-loss">
          {t('massLoss', {
            share: massLoss.share === null ? t('few') : percent(massLoss.share),
            limit: percent(massLoss.limit),
          })}
        </p>
      ) : null}
      <p className="lab-actions">
        <Button onClick={share}>{t('keep.share')}</Button>
        <ExportButtons trial={trial} sample={sampleText(t, sample)} />
        <span className="muted small">{t('took', { ms })}</span>
      </p>
    </section>
  )
}

function sampleText(
  t: ReturnType<typeof useTranslation<'lab'>>['t'],
  { area, households, persons, on, readAt, pack }: Trial['sample'],
): string {
  return t('sample', { area, households, persons, on, at: readAt, pack: pack.version })
}
