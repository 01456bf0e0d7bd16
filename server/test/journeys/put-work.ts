import { ask, type RunningQiao } from '../running-qiao.ts'

/**
 * Reports an emergency of a household and opens its case, as an advisor with a duty there.
 *
 * @returns the numbers of the quick relief and of the case
 */
export async function putWork(
  { http }: RunningQiao,
  token: string,
  household: number,
): Promise<[relief: number, opened: number]> {
  const relief = await ask(http, `POST /api/households/${household}/reliefs`, {
    token,
    body: { cause: 'illness', people: 1, happened: '夜里急病送医' },
  })
  const opened = await ask(http, `POST /api/households/${household}/cases`, {
    token,
    body: { cause: 'relief', text: '出院后无人照看' },
  })
  return [relief.body.id, opened.body.id]
}
