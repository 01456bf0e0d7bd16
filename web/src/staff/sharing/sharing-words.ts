export const STATES = [
  'draft',
  'sent',
  'missing',
  'accepted',
  'refused',
  'delivered',
  'ended',
  'destroyed',
  'withdrawn',
] as const
export const CLASSES = ['unconditional', 'conditional'] as const
export const METHODS = ['interface', 'table', 'file', 'lookup', 'other'] as const
