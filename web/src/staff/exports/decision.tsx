import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { useDecideExport } from './use-exports.ts'

/** Allowing what somebody else asks for, or refusing it with why. */
export function Decision({ id }: { id: number }) {
  const { t } = useTranslation('exports')
  const problemText = useProblemText()
  const decide = useDecideExport(id)
  const [because, setBecause] = useState('')
  const said = because.trim()
  const make = (decision: 'approve' | 'refuse') =>
    decide.mutate({ decision, ...(said ? { because: said } : {}) })
  return (
    <div className="export-steps">
      <Input
        className="export-because"
        aria-label={t('because')}
        placeholder={t('because')}
        maxLength={500}
        value={because}
        onChange={({ target }) => setBecause(target.value)}
      />
      <Button type="primary" loading={decide.isPending} onClick={() => make('approve')}>
        {t('approve')}
      </Button>
      <Button disabled={said.length < 2} onClick={() => make('refuse')}>
        {t('refuse')}
      </Button>
      <p role="alert" className="export-problem">
        {decide.error ? problemText(decide.error) : null}
      </p>
    </div>
  )
}
