import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CorrectionFile, CorrectionList } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { TakeDialog } from './take-dialog.tsx'
import { correctionFilesQuery, useMakeFile } from './use-corrections.ts'

/** What is still to be sent to each source, and the files that were made. */
export function CorrectionFiles({ waiting }: { waiting: CorrectionList['waiting'] }) {
  const { t } = useTranslation('corrections')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const { data } = useQuery(correctionFilesQuery)
  const [taken, setTaken] = useState<CorrectionFile>()
  const make = useMakeFile()
  const begin = (source: string) =>
    make.mutateAsync(source).then(setTaken, (error: unknown) => {
      void message.error(problemText(error))
    })
  const files = data?.items ?? []
  if (waiting.length === 0 && files.length === 0) return null
  return (
    <section className="card correction-files" aria-label={t('files.title')}>
      <h2>{t('files.title')}</h2>
      {waiting.length > 0 ? (
        <ul>
          {waiting.map(({ source, sourceName, count }) => (
            <li key={source}>
              <span>{t('files.waiting', { source: sourceName, count })}</span>
              <Button
                type="primary"
                loading={make.isPending && make.variables === source}
                aria-label={t('files.makeFor', { source: sourceName })}
                onClick={() => void begin(source)}
              >
                {t('files.make')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {files.length > 0 ? (
        <details>
          <summary>{t('files.made', { count: files.length })}</summary>
          <ul>
            {files.map((file) => (
              <li key={file.id}>
                <span>
                  {t('files.called', { source: file.sourceName, number: file.number })}{' '}
                  <span className="muted">
                    {t('files.rows', { count: file.rows, open: file.open })} · {file.madeBy}{' '}
                    <Day day={file.madeAt} />
                  </span>
                </span>
                <Button
                  size="small"
                  aria-label={t('files.takeOf', { source: file.sourceName, number: file.number })}
                  onClick={() => setTaken(file)}
                >
                  {t('files.take')}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {taken ? <TakeDialog file={taken} onClose={() => setTaken(undefined)} /> : null}
    </section>
  )
}
