import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Trial } from '../../api/views.ts'
import { save } from '../../ui/save.ts'
import { type Sheet, workbookOf } from '../../ui/xlsx.ts'
import { drawSheet } from './draw-sheet.ts'
import { csvText, sheetOf } from './export-text.ts'
import { TABLES, useRowName, useSentence } from './words.ts'

const OUTCOMES = ['total', 'gains', 'loses', 'moves', 'open', 'unchanged'] as const

/** What the page shows, as a file or a picture, its assumptions with it. */
export function ExportButtons({ trial, sample }: { trial: Trial; sample: string }) {
  const { t } = useTranslation('lab')
  const sheet = useSheet(sample)
  const name = (ending: string) => `${t('export.file')}-${trial.sample.on}.${ending}`
  return (
    <>
      <Button onClick={() => save(workbookOf(sheet(trial), t('title')), name('xlsx'))}>
        {t('export.xlsx')}
      </Button>
      <Button
        onClick={() => {
          save(new Blob([csvText(sheet(trial))], { type: 'text/csv;charset=utf-8' }), name('csv'))
        }}
      >
        {t('export.csv')}
      </Button>
      <Button onClick={() => void drawSheet(sheet(trial)).then((blob) => save(blob, name('png')))}>
        {t('export.png')}
      </Button>
    </>
  )
}

function useSheet(sample: string): (trial: Trial) => Sheet {
  const { t } = useTranslation('lab')
  const nameOf = useRowName()
  const sentence = useSentence()
  const step = (title: string) => [
    `${title} · ${t('cost.today')}`,
    `${title} · ${t('cost.changed')}`,
  ]
  return (trial) =>
    sheetOf(trial, {
      title: t('title'),
      sentence: sentence(trial),
      sample,
      assumptions: t('assumptions.items', { returnObjects: true }),
      few: t('few'),
      hidden: t('hidden'),
      tables: TABLES.map((key) => ({ key, title: t(`by.${key}`) })),
      nameOf,
      outcomes: OUTCOMES.map((key) => ({ key, title: t(`outcome.${key}`) })),
      wonYear: t('yearMore', { yuan: '' }),
      lostYear: t('yearLess', { yuan: '' }),
      programmes: {
        title: t('programmes.title'),
        columns: [
          ...step(t('programmes.eligible')),
          t('programmes.gained'),
          t('programmes.lost'),
          ...step(t('programmes.unknown')),
          ...step(t('programmes.year')),
          ...step(t('programmes.notReceiving')),
        ],
      },
    })
}
