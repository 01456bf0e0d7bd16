import { InputNumber, Slider } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LabParameter } from '../../api/views.ts'

interface ParameterControlProps {
  parameter: LabParameter
  value: number | null
  /** Why the server would not try this value. */
  problem: string | undefined
  onMove: (value: number | null) => void
  onRest: (value: number | null) => void
}

/** One figure as a slider with its field; today's value is marked. */
export function ParameterControl({
  parameter,
  value,
  problem,
  onMove,
  onRest,
}: ParameterControlProps) {
  const { t } = useTranslation('lab')
  const { id, name, unit, today, slider, digits, reaches } = parameter
  const shown = value ?? today
  const marks = today === null ? {} : { [today]: { label: '▲', style: { fontSize: 10 } } }
  return (
    <div className={value === null ? 'lab-parameter' : 'lab-parameter lab-parameter-changed'}>
      <label htmlFor={`lab-${id}`}>{name}</label>
      <InputNumber
        id={`lab-${id}`}
        value={shown}
        suffix={unit}
        step={slider?.step ?? 10 ** -digits}
        status={problem ? 'error' : ''}
        aria-describedby={problem ? `lab-${id}-problem` : undefined}
        onChange={(next) => onRest(next === today ? null : next)}
      />
      {slider ? (
        <Slider
          min={slider.from}
          max={slider.to}
          step={slider.step}
          value={shown ?? slider.from}
          marks={marks}
          ariaLabelForHandle={name}
          onChange={(next) => onMove(next === today ? null : next)}
          onChangeComplete={(next) => onRest(next === today ? null : next)}
        />
      ) : null}
      {problem ? (
        <p id={`lab-${id}-problem`} role="alert" className="lab-problem">
          {t('refused', { message: problem })}
        </p>
      ) : (
        <p className="muted small">
          {today === null
            ? t('unknownToday')
            : t('today', { value: today.toLocaleString('zh-CN') })}
          {' · '}
          {t('reaches', { count: reaches })}
        </p>
      )}
    </div>
  )
}
