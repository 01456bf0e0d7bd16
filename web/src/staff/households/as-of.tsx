import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

interface AsOfProps {
  on: string
  onChange: (day: string) => void
}

/** The day whose law and facts are shown. */
export function AsOf({ on, onChange }: AsOfProps) {
  const { t } = useTranslation('households')
  return (
    <label className="as-of">
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
  )
}
