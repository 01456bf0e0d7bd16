import type { FeelVariable } from '@bpmn-io/feel-editor'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabRule, RuleChange } from '../../api/views.ts'
import { FeelField, type FieldTrouble } from '../../ui/feel/feel-field.tsx'
import { rulesCheckQuery } from './use-lab.ts'

interface RuleFieldProps {
  programme: string
  rule: LabRule
  names: FeelVariable[]
  /** FEEL that is being tried in its place. */
  changed: string | undefined
  /** Rules that are changed besides: what is written is checked together with them. */
  others: readonly RuleChange[]
  /** null: as today. */
  onTry: (expr: string | null) => void
}

/** How long nobody types before a rule is checked (ms). */
const PAUSE = 600

/** One rule in FEEL, checked while it is written, and tried when asked to. */
export function RuleField({ programme, rule, names, changed, others, onTry }: RuleFieldProps) {
  const { t } = useTranslation('lab')
  const { id, kind, text, expr } = rule
  const [draft, write] = useState(changed ?? expr)
  const troubles = useTroubles({ programme, id, expr: draft }, others, draft.trim() !== expr)
  const isTried = draft.trim() === (changed ?? expr)
  const send = () => onTry(draft.trim() === expr || draft.trim() === '' ? null : draft.trim())
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    // The editor would begin a new line.
    event.preventDefault()
    event.stopPropagation()
    send()
  }
  return (
    <div className={changed === undefined ? 'lab-rule' : 'lab-rule lab-parameter-changed'}>
      <p>
        <span className="lab-rule-kind">{t(`rules.${kind}`)}</span> {text}
      </p>
      <div onKeyDownCapture={onKey}>
        <FeelField
          label={text}
          value={draft}
          names={names}
          troubles={troubles}
          readOnly={false}
          onChange={write}
        />
      </div>
      {changed === undefined ? null : (
        <p className="muted small lab-rule-today">{t('rules.today', { expr })}</p>
      )}
      {isTried && changed === undefined ? null : (
        <p className="lab-rule-actions">
          <Button size="small" disabled={isTried} onClick={send}>
            {t('rules.try')}
          </Button>
          <Button size="small" type="link" onClick={() => (changed ? onTry(null) : write(expr))}>
            {t('rules.back')}
          </Button>
        </p>
      )}
    </div>
  )
}

/** What is wrong with the rule as it stands written, once nobody has typed for a moment. */
function useTroubles(
  written: RuleChange,
  others: readonly RuleChange[],
  isChanged: boolean,
): readonly FieldTrouble[] {
  const [settled, settle] = useState(written.expr)
  useEffect(() => {
    const timer = setTimeout(() => settle(written.expr), PAUSE)
    return () => clearTimeout(timer)
  }, [written.expr])
  const asked = isChanged && settled.trim() !== '' ? [{ ...written, expr: settled }, ...others] : []
  const { data } = useQuery({ ...rulesCheckQuery(asked), placeholderData: keepPreviousData })
  const isAsked = asked.length > 0
  return useMemo(
    () =>
      (isAsked ? (data?.problems ?? []) : [])
        .filter(({ path }) => path.startsWith('/body/rules/0/'))
        .map(({ message, from }) => ({ message, from: from ?? 0 })),
    [data, isAsked],
  )
}
