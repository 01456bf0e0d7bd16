import type { workdays as chinese } from '../zh-CN/workdays.ts'

export const workdays: typeof chinese = {
  title: 'Working days',
  lead: 'Time limits count working days by the holidays and make-up days stated here. After a change, limits that still run are counted anew.',
  year: 'Year',
  known: 'Stated',
  unknown: 'Not confirmed',
  unknownHint:
    'Nobody has stated the holidays of this year: only weekends are counted, and days worked out are marked as not confirmed.',
  counts: '{{holidays}} days off, {{makeUps}} make-up days worked',
  month: 'Month {{month}}',
  weekdays: 'MTWTFSS',
  kind: { holiday: 'Holiday', 'make-up': 'Make-up day', 'by-weekday': 'As its weekday' },
  legend: 'Legend',
  weekend: 'Weekend',
  day: 'Day {{day}} of month {{month}}, {{what}}',
  ordinary: { work: 'working day', rest: 'weekend' },
  hint: 'Choose a day to state a holiday or a make-up day.',
  edit: {
    title: 'State holidays and make-up days',
    from: 'Day',
    to: 'Up to and including',
    toInvalid: 'On or after the first day, in the same year, at most 31 days at once',
    kind: 'What it is',
    name: 'Name',
    nameHint: 'e.g. National Day',
    because: 'On what it rests',
    becauseHint: 'Title and number of the notice',
    becauseNeeded: 'Say on what it rests, at least two characters',
    save: 'Save',
    saved: 'Saved; what stood before can still be read',
  },
  state: {
    open: 'State as known',
    close: 'Back to not confirmed',
    title: { open: 'State {{year}} as known', close: 'Take {{year}} back' },
    body: {
      open: 'First state every holiday and make-up day of the year. From then on days counted in it are no longer marked as not confirmed.',
      close:
        'Days counted in this year are then marked as not confirmed; the holidays stated stay in the count.',
    },
  },
  changes: {
    title: 'Changes',
    none: 'Nobody has changed this year.',
    known: 'Stated as known',
    unknown: 'Back to not confirmed',
  },
}
