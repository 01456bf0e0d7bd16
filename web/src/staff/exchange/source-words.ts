export const CADENCES = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'on-request'] as const
export const SHARING_CLASSES = ['unconditional', 'conditional', 'withheld'] as const
export const SHARING_METHODS = ['interface', 'table', 'file', 'lookup', 'other'] as const
export const GRADES = ['general', 'important', 'core'] as const
