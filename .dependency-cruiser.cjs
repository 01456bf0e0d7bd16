// Floors, lowest first: a file may import its own floor and those below (ARCHITECTURE.md).
// The order of the features is declared once, in server/src/features/order.ts.
const { features } = require('./server/src/features/order.ts')

/** The rooms of the engine, in the order in which a policy passes through them. */
const rooms = [
  'feel',
  'check',
  'lower',
  'evaluate',
  'columns',
  'questions',
  'sql',
  'combination',
  'cliffs',
]

const forbid = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'rules-import-only-grammar-and-decimals',
      severity: 'error',
      from: { path: '^rules/src' },
      to: {
        pathNot: '^rules/src|node_modules/(@bpmn-io/lezer-feel|@lezer|big\\.js|@types/big\\.js)',
      },
    },
    ...rooms
      .slice(0, -1)
      .map((room, i) =>
        forbid(
          `rules-${room}-imports-only-earlier-rooms`,
          `^rules/src/${room}/`,
          `^rules/src/(${rooms.slice(i + 1).join('|')}|index\\.ts|read-pack\\.ts)`,
        ),
      ),
    // SQL is a third opinion: it must not share what the columns may have wrong.
    forbid(
      'rules-sql-imports-no-columns',
      '^rules/src/sql/',
      '^rules/src/(columns/|questions/|index\\.ts|read-pack\\.ts)',
    ),
    forbid('web-never-imports-server', '^web/', '^(server|rules|policy)/'),
    forbid(
      'platform-knows-no-feature',
      '^server/src/platform',
      '^server/src/(features|district|delivery|commands|app|main|cli)',
    ),
    forbid(
      'features-know-no-app',
      '^server/src/features/[^/]+/(?!.*\\.test\\.ts$)',
      '^server/src/(app|main|cli|commands|delivery|district)',
    ),
    forbid(
      'only-app-mounts-doors',
      '^server/src/(?!app\\.ts$|.*\\.test\\.ts$)',
      '/features/[^/]+/(routes|jobs)\\.ts$',
    ),
    forbid(
      'server-source-knows-no-test',
      '^server/src/(?!.*\\.test\\.ts$|.*/test-[a-z-]+\\.ts$)',
      '^server/test',
    ),
    ...features.map((feature, i) =>
      forbid(
        `${feature}-imports-only-earlier`,
        `^server/src/features/${feature}/`,
        `^server/src/features/(${features.slice(i + 1).join('|') || '$^'})/`,
      ),
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
