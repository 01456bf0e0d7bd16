import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useAnswerHandover } from './use-cases.ts'

/** A case on its way to a colleague: whoever it was handed to takes it, or not. */
export function Handover({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const answer = useAnswerHandover(one)
  if (!one.handedTo) return null
  if (!one.may.includes('answer'))
    return (
      <p className="case-notice">
        {t('handedTo', { name: one.handedTo.name, owner: one.owner.name })}
      </p>
    )
  const say = (takes: boolean) =>
    answer.mutate(takes, {
      onSuccess: () => void message.success(t(takes ? 'saved.taken' : 'saved.declined')),
      onError: (error) => void message.error(problemText(error)),
    })
  return (
    <div className="case-notice case-handover">
      <p>{t('handedToYou', { owner: one.owner.name })}</p>
      <Button loading={answer.isPending} onClick={() => say(false)}>
        {t('decline')}
      </Button>
      <Button type="primary" loading={answer.isPending} onClick={() => say(true)}>
        {t('take')}
      </Button>
    </div>
  )
}
