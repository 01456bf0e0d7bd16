/** Three-valued truth: may be true, may be false, or both. */
export const yes = 1
export const no = 2
export const open = 3

export function is(met: boolean): number {
  return met ? yes : no
}

export function both(a: number, b: number): number {
  return (a & b & yes) | ((a | b) & no)
}

export function either(a: number, b: number): number {
  return ((a | b) & yes) | (a & b & no)
}

export function not(a: number): number {
  return ((a & yes) << 1) | (a >> 1)
}

/** Truth of a whole number being below a line, where `isOpen` (0 or 1) says it may be any more. */
export function isBelow(value: number, line: number, isOpen: number): number {
  const below = (value - line) >>> 31
  return 2 - below + ((below & isOpen) << 1)
}

/** What it takes to look a truth up by a byte: place 0 is the byte -128. */
export function byByte(truth: (byte: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, at) => truth(at - 128))
}

/** The amount where the verdict may be yes, else 0. */
export function unlessNo(verdict: number, amount: number): number {
  return amount & -(verdict & yes)
}
