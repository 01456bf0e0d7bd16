import { useTranslation } from 'react-i18next'
import type { IncomeCurve } from '../../api/views.ts'
import { AmountText } from '../../ui/money.tsx'
import { yuanText } from '../../ui/yuan.ts'

type Loss = IncomeCurve['losses'][number]

/** Every loss named: at which income, which programme, by how much. */
export function Losses({ curve: { losses } }: { curve: IncomeCurve }) {
  const { t } = useTranslation('together')
  if (losses.length === 0) return <p>{t('curve.noLoss')}</p>
  return (
    <table className="losses">
      <caption className="visually-hidden">{t('curve.losses')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('curve.column.at')}</th>
          <th scope="col">{t('curve.column.programme')}</th>
          <th scope="col" className="losses-amount">
            {t('curve.column.loss')}
          </th>
        </tr>
      </thead>
      <tbody>
        {losses.map((loss) => (
          <LossRow
            key={`${loss.earned}-${loss.kind}-${loss.programme}-${loss.member ?? ''}-${loss.curves.join()}`}
            loss={loss}
          />
        ))}
      </tbody>
    </table>
  )
}

function LossRow({ loss }: { loss: Loss }) {
  const { t } = useTranslation('together')
  const { kind, earned, until, programmeName, memberName, lost, curves } = loss
  const onlyFollowed = !curves.includes('confirmed')
  const onlyConfirmed = !curves.includes('followed')
  return (
    <tr data-kind={kind}>
      <th scope="row" className="number">
        {until === undefined
          ? t('curve.at', { yuan: yuanText(earned) })
          : t('curve.from', { from: yuanText(earned), until: yuanText(until) })}
      </th>
      <td>
        {programmeName}
        {memberName ? `（${memberName}）` : ''} {t(`curve.kind.${kind}`)}
        {onlyFollowed ? <span className="muted small"> {t('curve.onlyFollowed')}</span> : null}
        {onlyConfirmed ? <span className="muted small"> {t('curve.onlyConfirmed')}</span> : null}
      </td>
      <td className="losses-amount">
        <AmountText amount={lost} />
      </td>
    </tr>
  )
}
