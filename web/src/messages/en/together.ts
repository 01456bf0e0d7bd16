/** What may be received together, and what more earnings would change. */
export const together = {
  title: 'May be received together',
  lead: 'These may be received together: the combination that pays most a month by the facts known and the statuses confirmed. Each is supposed to be granted and paid before exclusions and income tests are looked at.',
  nothing:
    'By the facts known nothing is certain yet. Once open facts are recorded it is combined anew.',
  received: 'Received',
  total: 'Certain total',
  following: 'Follows once confirmed',
  followingHint:
    'Once the above is confirmed the following fits as well; it cannot be applied for yet.',
  via: 'by "{{programmes}}"',
  left: 'What is not included, and why',
  reason: {
    excludes: 'cannot be received together with "{{others}}"; what pays more in all is included.',
    'may-exclude':
      'whether it may be received together with "{{others}}" is not well founded and is to be checked by the township.',
    ends: 'would count as income, and "{{others}}" would no longer fit.',
    'may-end':
      'no source says whether it counts as income; if it does, "{{others}}" may no longer fit. Nothing is guessed.',
    'pays-less': 'would make the total less.',
    tier: 'fits as well; one tier is paid, and "{{taken}}" is taken.',
    kept: 'is being received, but by the facts known it is not certain that it is still due; it is not in the total.',
  },
  incomplete:
    'There were too many combinations to compare them all; this is the best of those compared.',
  curve: {
    title: 'Earnings and benefits',
    lead: 'Only what this member earns is changed; every other fact, past income included, stays. Between the two lines lies what would follow once statuses are confirmed.',
    chart: 'Earnings and certain benefits a month',
    whose: 'Whose earnings',
    now: 'now',
    nowEarns: 'now {{yuan}} yuan a month',
    nowUnknown: 'Present earnings are unknown',
    earned: 'Earnings {{yuan}} yuan a month',
    confirmed: 'Confirmed statuses only',
    followed: 'With what would follow',
    losses: 'What is lost as earnings rise',
    noLoss: 'Within the earnings drawn, no benefit is lost as earnings rise.',
    column: {
      earned: 'Earnings (yuan a month)',
      at: 'Earnings',
      programme: 'Which',
      loss: 'Less by',
    },
    at: 'at {{yuan}} yuan',
    from: '{{from}} to {{until}} yuan',
    kind: { ends: 'ends', falls: 'falls', tapers: 'tapers off' },
    onlyFollowed: '(of what would follow)',
    onlyConfirmed: '(confirmed statuses only)',
    undecided: '{{count}} more are undecided and not in the drawing.',
  },
}
