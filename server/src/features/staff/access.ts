import type { Access } from '../../platform/http/access.ts'
import { mayOf, rights } from './access-matrix.ts'
import { fieldClasses, isClear } from './field-classes.ts'
import { maskText } from './masks.ts'

/** The matrix as the platform holds everybody to it. */
export const access: Access = {
  mayOf,
  rights,
  maskText,
  isClear: (fieldClass, standing) =>
    Object.hasOwn(fieldClasses, fieldClass) &&
    isClear(fieldClass as keyof typeof fieldClasses, standing),
}
