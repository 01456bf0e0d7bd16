import * as figures from '../workload/thresholds.ts'

const v = (name: string) => ({ var: name })
const sum = (...terms: unknown[]) => ({
  reduce: [v('members'), { '+': [v('accumulator'), ...terms] }, 0],
})
const line = { '*': [figures.subsistenceLine, v('size')] }
const hardship = { or: [v('dibao'), v('low')] }

const tekun = {
  if: [
    {
      and: [
        v('local'),
        {
          or: [
            { '>=': [v('age'), 60] },
            { '<': [v('age'), 16] },
            { in: [v('disability'), [1, 2]] },
          ],
        },
        { '!==': [v('employment'), 1] },
        { '<': [{ '+': [v('income'), v('pension')] }, figures.subsistenceLine] },
        { '!': v('supporter') },
      ],
    },
    figures.extremePovertyAmount,
    0,
  ],
}

/** Of a household with its members; later ones read what earlier ones say, under their names. */
export const householdRules = {
  size: sum(1),
  family: sum(v('current.income'), v('current.pension')),
  spent: sum(v('current.medical'), v('current.education')),
  allLocal: { if: [{ all: [v('members'), v('local')] }, 1, 0] },
  tekuns: sum({ if: [{ '>': [v('current.tekun'), 0] }, 1, 0] }),
  dibao: {
    if: [
      {
        and: [
          v('allLocal'),
          { '===': [v('tekuns'), 0] },
          { '!': v('car') },
          { '<': [v('family'), line] },
          { '<=': [v('assets'), { '*': [figures.assetsLine, v('size')] }] },
        ],
      },
      { '-': [line, v('family')] },
      0,
    ],
  },
  low: {
    if: [
      {
        and: [
          v('allLocal'),
          { '!': v('dibao') },
          { '<': [v('family'), { '*': [figures.lowIncomeLine, v('size')] }] },
          { '<=': [v('assets'), { '*': [figures.lowAssetsLine, v('size')] }] },
        ],
      },
      1,
      0,
    ],
  },
  expense: {
    if: [
      {
        and: [
          v('allLocal'),
          { '!': v('dibao') },
          { '<': [{ '-': [v('family'), v('spent')] }, line] },
          { '<=': [v('assets'), { '*': [figures.lowAssetsLine, v('size')] }] },
        ],
      },
      { '-': [line, { max: [{ '-': [v('family'), v('spent')] }, 0] }] },
      0,
    ],
  },
  rent: {
    if: [
      {
        and: [hardship, { '<': [v('floorArea'), { '*': [figures.floorAreaPerHead, v('size')] }] }],
      },
      {
        '*': [
          { '-': [{ '*': [figures.floorAreaPerHead, v('size')] }, v('floorArea')] },
          figures.rentPerSquareMetre,
        ],
      },
      0,
    ],
  },
  utilities: {
    if: [
      { or: [v('dibao'), v('low'), v('tekuns')] },
      { '+': [figures.utilities.household, { '*': [figures.utilities.head, v('size')] }] },
      0,
    ],
  },
}

const living = {
  if: [
    { and: [v('local'), v('disability'), { '!': v('tekun') }, hardship] },
    {
      if: [
        { '<=': [v('disability'), 2] },
        figures.disabilityLiving.heavy,
        figures.disabilityLiving.light,
      ],
    },
    0,
  ],
}
const nursing = {
  if: [
    { and: [v('local'), { in: [v('disability'), [1, 2]] }] },
    {
      if: [
        { '===': [v('disability'), 1] },
        figures.disabilityNursing[1],
        figures.disabilityNursing[2],
      ],
    },
    0,
  ],
}
const oldAge = {
  if: [
    { '!': v('local') },
    0,
    ...figures.oldAgeBands
      .toReversed()
      .flatMap(([from, amount]) => [{ '>=': [v('age'), from] }, amount]),
    0,
  ],
}
const education = {
  if: [
    { '!': { or: [v('dibao'), v('low'), v('expense')] } },
    0,
    ...figures.educationAmounts.flatMap((amount, stage) => [
      { '===': [v('student'), stage] },
      amount,
    ]),
    0,
  ],
}

/** Of a member that carries its household's verdicts. */
export const memberRules = { tekun, living, nursing, oldAge, education }
