/** A standard as printed: `1,595`, or `90%` where the unit says it is a ratio. */
export function figure(value: number, unit: string | null | undefined): string {
  if (isRatio(unit)) return `${Number((value * 100).toFixed(2))}%`
  return value.toLocaleString('zh-CN', { maximumFractionDigits: 4 })
}

/** The unit to stand beside the figure: a percentage says its own. */
export function unitBeside(unit: string | null | undefined): string {
  return isRatio(unit) ? '' : (unit ?? '')
}

/** Packs name the unit of a ratio 比例. */
function isRatio(unit: string | null | undefined): boolean {
  return unit === '比例'
}
