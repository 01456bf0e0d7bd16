import { useNavigate } from '@tanstack/react-router'
import { App, Button, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { useTakeBack } from './use-members.ts'

/** Tells that a change was recorded: a notice with buttons that take it back, and open the household it made, if any. */
export function useRecorded(household: number): (version: number, made?: number) => void {
  const { t } = useTranslation('members')
  const takeBack = useTakeBack(household)
  const { message, notification } = App.useApp()
  const problemText = useProblemText()
  const navigate = useNavigate()
  return (version, made) => {
    const key = `changed-${household}`
    const undo = () => {
      notification.destroy(key)
      // As a promise: the page that recorded it may be gone by now, and what is said of it stays wanted.
      takeBack.mutateAsync({ because: t('takenBackBecause'), version }).then(
        () => void message.success(t('takenBack')),
        (failure: unknown) => void message.warning(problemText(failure)),
      )
    }
    const open = (id: number) => {
      notification.destroy(key)
      void navigate({ to: '/households/$householdId', params: { householdId: String(id) } })
    }
    notification.success({
      key,
      title: t('saved'),
      actions: (
        <Space>
          {made ? (
            <Button size="small" onClick={() => open(made)}>
              {t('openNew')}
            </Button>
          ) : null}
          <Button size="small" onClick={undo}>
            {t('takeBack')}
          </Button>
        </Space>
      ),
    })
  }
}
