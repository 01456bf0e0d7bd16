/** A duration of one of FEEL's two kinds; the other field is null. */
export type Duration = { months: number; seconds: null } | { months: null; seconds: number }

/** Parses an ISO 8601 duration of years and months, or of days and smaller; null where it is neither. */
export function parseDuration(text: string): Duration | null {
  const long = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?$/.exec(text)
  if (long && (long[2] !== undefined || long[3] !== undefined)) {
    const months = Number(long[2] ?? 0) * 12 + Number(long[3] ?? 0)
    return { months: long[1] ? -months : months, seconds: null }
  }
  const short = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!short || text.endsWith('T') || short.slice(2).every((p) => p === undefined)) return null
  const [, sign, days = 0, hours = 0, minutes = 0, rest = 0] = short
  const seconds = Number(days) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
  return { months: null, seconds: sign ? -seconds : seconds }
}
