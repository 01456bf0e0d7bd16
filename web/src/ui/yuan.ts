const WHOLE = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })
const CENTS = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Yuan without its unit: `1,240`, or `1,240.50` where there are odd fen. */
export function yuanText(fen: number): string {
  return fen % 100 === 0 ? WHOLE.format(fen / 100) : CENTS.format(fen / 100)
}
