import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, HouseholdFact } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { type Choice, SettleDialog } from './settle-dialog.tsx'
import './fact-words.css'

/** What sources say differently of one fact, side by side, with why one is in force; an official decides. */
export function FactWords({ fact, household }: { fact: HouseholdFact; household: Household }) {
  const { t } = useTranslation('households')
  const [choice, setChoice] = useState<Choice>()
  const maySettle = household.may.includes('settle-words')
  return (
    <section className="fact-words" aria-label={t('differ.label', { name: fact.name })}>
      <ul>
        {fact.state === 'unknown' ? null : (
          <li className="fact-word">
            <span className="fact-word-value">
              <b className="number">{fact.valueText}</b>{' '}
              <Chip tone="bridge">{t('facts.current')}</Chip>
            </span>
            <Said word={fact} />
          </li>
        )}
        {fact.others.map((word) => {
          const decided = word.agrees || word.settled !== null
          const about = { name: fact.name, value: word.valueText }
          return (
            <li key={word.id} className="fact-word">
              <span className="fact-word-value">
                <b className="number">{word.valueText}</b>{' '}
                <Chip tone={decided ? 'plain' : 'amber'}>
                  {t(word.agrees ? 'differ.agrees' : 'differ.beside')}
                </Chip>
              </span>
              <Said word={word} />
              <span className="muted small">
                {word.agrees ? null : t(`differ.because.${word.because}`)}
                {word.settled
                  ? t('differ.settled', {
                      by: word.settled.by ?? t('differ.system'),
                      why: word.settled.because,
                    })
                  : null}
              </span>
              {maySettle && !word.agrees ? (
                <span className="fact-word-actions">
                  <Button
                    size="small"
                    aria-label={t('differ.takeOf', about)}
                    onClick={() => setChoice({ word, take: true })}
                  >
                    {t('differ.take')}
                  </Button>
                  {decided || fact.state === 'unknown' ? null : (
                    <Button
                      size="small"
                      aria-label={t('differ.keepOf', about)}
                      onClick={() => setChoice({ word, take: false })}
                    >
                      {t('differ.keep')}
                    </Button>
                  )}
                </span>
              ) : null}
            </li>
          )
        })}
      </ul>
      {maySettle ? null : <p className="muted small">{t('differ.ask')}</p>}
      {choice ? (
        <SettleDialog
          household={household}
          fact={fact}
          choice={choice}
          onClose={() => setChoice(undefined)}
        />
      ) : null}
    </section>
  )
}

type Word = Pick<HouseholdFact, 'kind' | 'source' | 'evidence' | 'verifiedOn'> & {
  saidBy?: string | null
}

/** Of what kind, by what source and whom, on what evidence and day. */
function Said({ word: { kind, source, evidence, verifiedOn, saidBy } }: { word: Word }) {
  const { t } = useTranslation('households')
  const words = new Set([kind ? t(`differ.kind.${kind}`) : null, source, evidence, saidBy])
  return (
    <span className="muted small">
      {[...words].filter(Boolean).join(' · ')}
      {verifiedOn ? (
        <>
          {' · '}
          <Day day={verifiedOn} />
        </>
      ) : null}
    </span>
  )
}
