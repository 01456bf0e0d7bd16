/** Where a person is registered: an area of the district by its code, or outside it. 户籍地 */
export type RegisteredIn = Readonly<{
  area: string | null
  /** In another district of Shanghai, or in another province; null: in this district. */
  outside: 'shanghai' | 'elsewhere' | null
}>

/** Whether somebody lives where they are registered. 人户一致, 人户分离 */
export type Standing = 'same' | 'other-township' | 'other-district' | 'other-province' | 'unknown'

/** Codes of the fact `hukou`; whoever has no registration (港澳台居民, 外国人) has no place of it either. */
const standings: Readonly<Record<string, Standing>> = {
  '1': 'same',
  '2': 'other-township',
  '3': 'other-district',
  '4': 'other-province',
}

/** A township has nine digits; those of its committees begin with them. */
export function townshipOf(area: string): string {
  return area.slice(0, 9)
}

/** The code of the fact `hukou` that a registered place means for whoever lives in `home`. */
export function hukouCode(home: string, { area, outside }: RegisteredIn): string {
  if (area !== null) return townshipOf(area) === townshipOf(home) ? '1' : '2'
  return outside === 'shanghai' ? '3' : '4'
}

/**
 * Whether somebody lives where they are registered, and which township answers for what.
 *
 * `accepts`: the township that takes applications, that of the registration; null where it lies outside the district or
 * is not known: the programmes say 户籍地(或规定地), and which place is laid down is 待核. `assists`: the township of
 * residence, which helps with visits and publicity.
 *
 * @param home code of the committee where the household lives
 * @param said code of the fact `hukou` as it may be used today; it speaks where no place is recorded
 * @source 上海市社会救助条例 第三十三条 (domain.md L15); policies.md, windows of the programmes
 */
export function offHukou(
  home: string,
  place: RegisteredIn | null,
  said: string | null,
): Readonly<{ standing: Standing; accepts: string | null; assists: string | null }> {
  const code = place ? hukouCode(home, place) : said
  const standing = standings[code ?? ''] ?? 'unknown'
  const registered = place?.area ?? (standing === 'same' ? home : null)
  const isOff = standing !== 'same' && standing !== 'unknown'
  return {
    standing,
    accepts: registered === null ? null : townshipOf(registered),
    assists: isOff ? townshipOf(home) : null,
  }
}
