import { useTranslation } from 'react-i18next'
import type { AskedFact } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Money } from '../../ui/money.tsx'
import { AskedHouseholds } from './asked-households.tsx'
import { keyOf, useQuestionsSearch } from './use-questions.ts'

const COLUMNS = ['ask', 'way', 'households', 'decided', 'found', 'money'] as const

/** The facts worth asking for; a row opens to the households. */
export function AskedFacts({ items }: { items: readonly AskedFact[] }) {
  const { t } = useTranslation('questions')
  const { search, open } = useQuestionsSearch()
  return (
    <table className="question-table">
      <caption className="visually-hidden">{t('caption')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`question-${column}`}>
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {items.map((item) => {
        const key = keyOf(item)
        const isOpen = key === search.open
        return (
          <tbody key={key} className={isOpen ? 'question-opened' : undefined}>
            <FactRow item={item} isOpen={isOpen} onOpen={() => open(isOpen ? undefined : key)} />
            {isOpen ? (
              <tr>
                <td colSpan={COLUMNS.length}>
                  <AskedHouseholds item={item} />
                </td>
              </tr>
            ) : null}
          </tbody>
        )
      })}
    </table>
  )
}

interface FactRowProps {
  item: AskedFact
  isOpen: boolean
  onOpen: () => void
}

function FactRow({ item, isOpen, onOpen }: FactRowProps) {
  const { t } = useTranslation('questions')
  const programmes = item.programmes.map(({ name }) => name).join('、')
  return (
    <tr className="question-row" onClick={onOpen}>
      <td className="question-ask">
        <button
          type="button"
          className="plain-button question-open"
          aria-expanded={isOpen}
          aria-label={t('open', { ask: item.ask })}
          onClick={(event) => {
            event.stopPropagation()
            onOpen()
          }}
        >
          {item.ask}
        </button>
        {programmes ? (
          <span className="muted small question-settles">{t('settles', { programmes })}</span>
        ) : null}
      </td>
      <td className="question-way">
        <Chip tone={item.way === 'consent' ? 'amber' : 'plain'}>{t(`way.${item.way}`)}</Chip>
      </td>
      <td className="question-households number" data-label={t('column.households')}>
        {t('many', { count: item.households })}
      </td>
      <td className="question-decided number" data-label={t('column.decided')}>
        {t('items', { count: wholeOf(item.decided) })}
      </td>
      <td className="question-found number" data-label={t('column.found')}>
        {item.found === null ? (
          <span className="muted small">{t('noFigures')}</span>
        ) : (
          t('items', { count: wholeOf(item.found) })
        )}
      </td>
      <td className="question-money" data-label={t('column.money')}>
        {item.certainFen === null ? null : (
          <Money fen={Math.round(item.certainFen / 100) * 100} per="month" />
        )}
      </td>
    </tr>
  )
}

/** An estimate below ten keeps one digit. */
function wholeOf(n: number): number {
  return n < 10 ? Math.round(n * 10) / 10 : Math.round(n)
}
