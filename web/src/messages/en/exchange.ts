import type { exchange as zh } from '../zh-CN/exchange.ts'

export const exchange: typeof zh = {
  title: 'Data sources',
  lead: 'Who delivers which facts of persons. What is marked unconfirmed is no ground for sharing. Templates are for departments to prepare; files are taken in under Deliveries.',
  find: 'Find by body or field',
  template: 'Template',
  templateOf: 'Template: {{name}}',
  unconfirmed: 'Unconfirmed',
  column: {
    owner: 'Owner',
    legalBasis: 'Legal basis',
    cadence: 'Cadence',
    trust: 'Trust',
    contact: 'Contact',
  },
  fields: 'Fields ({{count}})',
  noFields: 'It owns no facts of persons in the catalogue; no template yet',
  empty: { title: 'Nothing found', body: 'Try another body or field, or clear the search.' },
}
