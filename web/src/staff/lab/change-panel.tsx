import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import type { Lab, LabValue } from '../../api/views.ts'
import { ParameterControl } from './parameter-control.tsx'
import { type Change, isNone, withValue } from './values.ts'

interface ChangePanelProps {
  lab: Lab
  programme: string
  change: Change
  refusal: Error | null
  onProgramme: (id: string) => void
  /** While a slider moves. */
  onMove: (values: LabValue[]) => void
  /** When it rests: the change goes into the address. */
  onRest: (change: Partial<Change>) => void
}

/** The change: a policy's figures, and those of others that are changed already. */
export function ChangePanel({ lab, programme, change, refusal, ...on }: ChangePanelProps) {
  const { t } = useTranslation('lab')
  const { values } = change
  const chosen = lab.programmes.find(({ id }) => id === programme)
  // What is known today comes first; the rest has no slider.
  const own = (chosen?.parameters ?? []).toSorted(
    (a, b) => Number(a.today === null) - Number(b.today === null),
  )
  const others = lab.programmes
    .filter(({ id }) => id !== programme)
    .flatMap(({ parameters }) => parameters)
    .filter(({ id }) => values.some((one) => one.id === id))
  const problemOf = (id: string) => {
    const place = values.findIndex((one) => one.id === id)
    if (!(refusal instanceof Problem) || place < 0) return undefined
    return refusal.errors.find(({ path }) => path?.startsWith(`/body/parameters/${place}/`))
      ?.message
  }
  return (
    <section className="card lab-change" aria-label={t('parameters')}>
      <label htmlFor="lab-programme">{t('programme')}</label>
      <Select
        id="lab-programme"
        value={programme}
        showSearch={{ optionFilterProp: 'label' }}
        options={lab.programmes.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={on.onProgramme}
      />
      {[...own, ...others].map((parameter) => (
        <ParameterControl
          key={parameter.id}
          parameter={parameter}
          value={values.find(({ id }) => id === parameter.id)?.value ?? null}
          problem={problemOf(parameter.id)}
          onMove={(value) => on.onMove(withValue(values, parameter.id, value))}
          onRest={(value) => on.onRest({ values: withValue(values, parameter.id, value) })}
        />
      ))}
      <Button disabled={isNone(change)} onClick={() => on.onRest({ values: [], rules: [] })}>
        {t('reset')}
      </Button>
    </section>
  )
}
