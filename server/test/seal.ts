/** Stands in for the field cipher where nothing sealed is opened again: other texts give other bytes, at no cost. */
export function seal(_field: string, text: string): { sealed: Buffer; index: Buffer } {
  return { sealed: Buffer.from(`sealed ${text}`), index: Buffer.from(text) }
}
