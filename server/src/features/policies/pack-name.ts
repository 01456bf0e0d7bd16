import { Type } from 'typebox'

/** Which pack an answer rests on. */
export const PackNameView = Type.Object(
  { version: Type.String(), hash: Type.String() },
  { title: 'PackName' },
)
