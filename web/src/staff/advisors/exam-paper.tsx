import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExamPaper as Paper } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useHandIn } from './use-trainings.ts'

/** The questions that were drawn; handed in whole, marked by the server. */
export function ExamPaper({ paper, onDone }: { paper: Paper; onDone: () => void }) {
  const { t } = useTranslation('trainings')
  const problemText = useProblemText()
  const handIn = useHandIn(paper.attemptId)
  const [answers, setAnswers] = useState<Readonly<Record<number, number>>>({})
  const left = paper.questions.length - Object.keys(answers).length
  const send = () =>
    handIn.mutate(
      paper.questions.map((_, place) => answers[place] ?? 0),
      { onSuccess: onDone },
    )
  return (
    <section className="card advisor-part" aria-label={t('exam.paper')}>
      <h2>{t('exam.paper')}</h2>
      <ol className="exam-paper">
        {paper.questions.map(({ text, options }, place) => (
          <li key={text}>
            <fieldset>
              <legend>{t('exam.numbered', { place: place + 1, text })}</legend>
              <Radio.Group
                vertical
                value={answers[place] ?? null}
                options={options.map((label, option) => ({ label, value: option + 1 }))}
                onChange={(event) =>
                  setAnswers({ ...answers, [place]: Number(event.target.value) })
                }
              />
            </fieldset>
          </li>
        ))}
      </ol>
      <Button type="primary" loading={handIn.isPending} onClick={send} disabled={left > 0}>
        {left > 0 ? t('exam.left', { count: left }) : t('exam.handIn')}
      </Button>
      <p role="alert" className="advisors-problem">
        {handIn.error ? problemText(handIn.error) : null}
      </p>
    </section>
  )
}
