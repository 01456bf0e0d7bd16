import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../ui/day.tsx'

interface AsOfProps {
  on: string
  onChange: (day: string) => void
}

/** The day whose law and facts are shown. */
export function AsOf({ on, onChange }: AsOfProps) {
  const { t } = useTranslation('households')
  const today = useToday()
  return (
    <div className="as-of">
      {on === today ? null : (
        <Button size="small" type="link" onClick={() => onChange(today)}>
          {t('asOfReset')}
        </Button>
      )}
      <label>
        <span className="muted small">{t('asOf')}</span>
        <DatePicker
          size="small"
          value={dayjs(on)}
          allowClear={false}
          variant="filled"
          onChange={(day) => {
            if (day) onChange(day.format('YYYY-MM-DD'))
          }}
        />
      </label>
    </div>
  )
}
