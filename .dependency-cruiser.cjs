// Floors, lowest first: a file may import its own floor and those below (ARCHITECTURE.md).
// The order of the features is declared once, in server/src/features/order.ts.
const { features } = require('./server/src/features/order.ts')

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
    forbid('web-never-imports-server', '^web/', '^(server|rules|policy)/'),
    forbid(
      'platform-knows-no-feature',
      '^server/src/platform',
      '^server/src/(features|district|commands|app|main|cli)',
    ),
    forbid(
      'features-know-no-app',
      '^server/src/features/[^/]+/(?!.*\\.test\\.ts$)',
      '^server/src/(app|main|cli|commands|district)',
    ),
    forbid(
      'only-app-mounts-doors',
      '^server/src/(?!app\\.ts$|.*\\.test\\.ts$)',
      '/features/[^/]+/(routes|jobs)\\.ts$',
    ),
    forbid('server-source-knows-no-test', '^server/src/(?!.*\\.test\\.ts$)', '^server/test'),
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
