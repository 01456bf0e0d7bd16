// What is written of why a clock stood still names whom it likes, so all of it goes with any member. What these rules are
// is declared with households, which come later.
const ofHousehold = {
  ends: 'deleted',
  class: 'care',
  households: ['household_id'],
  whole: true,
} as const

export const clockRetention = {
  'app.clock_event': { ...ofHousehold, begins: 'at' },
  'app.clock': { ...ofHousehold, begins: 'started_at', closes: 'ended_at' },
} as const
