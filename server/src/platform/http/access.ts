import type { MayOf } from './caller.ts'

/** Why a reader may be shown more than their role alone shows. */
type Standing = Readonly<{ role: string; hasDuty: boolean; hasReason: boolean }>

/** Who may do what, as the features say it and the platform holds everybody to it. */
export type Access = Readonly<{
  mayOf: MayOf
  /** What is declared of a right, e.g. `leads.read`; without an entry no route may ask for it. */
  rights: ReadonlyMap<
    string,
    Readonly<{
      /** Classes of fields that its answers may hold. */
      shows?: readonly string[]
      /** Refused without a stated reason. */
      demandsReason?: true
    }>
  >
  /** Whether a value of a class leaves as it is. */
  isClear: (fieldClass: string, standing: Standing) => boolean
  /** A text of a class as it leaves otherwise. */
  maskText: (fieldClass: string, text: string) => string
}>
