/** A committee without its last words, for lists: 东盛社区居委会 → 东盛社区, 杨湾村村委会 → 杨湾村. */
export function shortAreaName(name: string): string {
  return name.replace(/(居委会|村委会|居民委员会|村民委员会)$/, '') || name
}
