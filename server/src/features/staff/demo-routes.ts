import { Type } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { App } from '../../platform/http/app.ts'
import { districtAreas } from '../areas/load.ts'
import { offeredAccounts } from './demo-accounts.ts'

const DemoView = Type.Object(
  {
    today: Type.String(),
    accounts: Type.Array(
      Type.Object({
        username: Type.String(),
        password: Type.String(),
        roleName: Type.String(),
        areaName: Type.String(),
      }),
    ),
  },
  { title: 'Demo' },
)

/** Mounted in mode demo only: in production the address does not exist. */
export async function demoRoutes(app: App, { clock }: { clock: Clock }): Promise<void> {
  const names = new Map((await districtAreas()).map(({ id, name }) => [id, name]))
  app.get(
    '/demo',
    {
      schema: {
        operationId: 'getDemo',
        tags: ['staff'],
        summary: 'The accounts of the demonstration, with their passwords',
        response: { 200: DemoView },
      },
      config: { public: true },
    },
    async () => ({ today: clock.today(), accounts: offeredAccounts(names) }),
  )
}
