/** The features, lowest first: each may import only those before it. The domain's table of contents. */
export const features = [
  'areas',
  'staff',
  'duties',
  'households',
  'restrictions',
  'consents',
  'policies',
  'eligibility',
  'questions',
  'borderline',
  'lab',
  'drafts',
  'feedback',
  'leads',
  'exchange',
  'audit',
] as const
