import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Household } from '../../src/api/views.ts'
import {
  DESK,
  type Hosting,
  PHONE,
  picture,
  seriousProblems,
  sidewaysScroll,
  type Visit,
} from '../visit.ts'

/** 更正申请: an advisor asks that the record be put right, an official looks and agrees. */
export function changing(hosting: () => Hosting): void {
  describe('what is wrong on record', () => {
    test('is asked for by an advisor and put right by an official', {
      timeout: 120_000,
    }, async () => {
      const advisor = await hosting().arrive({ role: '居村' })
      const { page, url } = advisor
      await page.setViewportSize(DESK)
      const { items } = await get<{ items: { id: number }[] }>(advisor, '/households?size=1')
      const id = items[0]?.id ?? 0
      const known = await get<Household>(advisor, `/households/${id}`)
      const { name = '', personId = 0 } = known.members[0] ?? {}
      const money = known.facts.find(
        (fact) =>
          fact.state === 'known' &&
          fact.type === 'money' &&
          fact.ask &&
          fact.sensitivity === 'plain',
      )
      if (!money) throw new Error('Nothing in money is known of the first household.')

      await page.goto(`${url}/households/${id}`)
      await page.getByRole('button', { name: `申请更正：${name}` }).click()
      const dialog = page.getByRole('dialog', { name: `申请更正：${name}` })
      await dialog.getByRole('button', { name: '提交申请' }).click()
      await dialog.getByText('请写明申请理由').waitFor()
      await dialog.getByLabel('姓名').fill('欧阳更正')
      await dialog.getByLabel('电话').fill('139-1111-2222')
      await dialog.getByLabel('材料编号或存放处').fill('户口簿第 3 页，复印件存居委会')
      await dialog.getByLabel('申请理由').fill('登记时写错了字')
      expect.soft(await seriousProblems(page), 'asking').toEqual([])
      await picture(page, 'changing-ask-1280')
      await onPhone(page, 'changing-ask-375')
      await dialog.getByRole('button', { name: '提交申请' }).click()
      await page.getByText('已提交，等待审核').waitFor()
      const evidence = {
        reason: '户口簿不同',
        evidenceKind: 'household-register',
        evidence: '第 3 页',
      }
      const ask = (item: object) =>
        post<{ id: number }>(advisor, `/households/${id}/change-requests`, {
          ...evidence,
          items: [item],
          version: known.version,
        })
      await ask({ personId, field: 'name', after: '欧阳另改' })
      const fact = await ask({
        personId: money.personId,
        field: `fact:${money.fact}`,
        after: 777_700,
      })

      // The advisor sees it on the household's page, and has nothing to decide.
      await page.locator('.requests-of a', { hasText: '电话' }).click()
      await page.getByRole('heading', { name: /更正申请 第 \d+ 号/ }).waitFor()
      await page.getByRole('button', { name: '撤回' }).waitFor()
      expect(await page.getByRole('button', { name: '同意更正' }).count()).toBe(0)
      const asked = page.url()

      const official = await hosting().arrive({ role: '街镇' })
      await agree(official, { asked, household: `${url}/households/${id}` })

      await comeBack(official, advisor, `${url}/change-requests/${fact.id}`)

      // Somebody records another value meanwhile: nothing is agreed to before it was looked at again.
      const { version } = await get<Household>(official, `/households/${id}`)
      await put(official, `/households/${id}/facts`, {
        fact: money.fact,
        personId: money.personId,
        value: 555_500,
        verifiedOn: '2025-06-01',
        source: '入户走访',
        version,
      })
      await rebase(official, `${url}/change-requests/${fact.id}`)
      await official.page.goto(`${url}/households/${id}?tab=facts`)
      await official.page
        .getByRole('row', { name: new RegExp(`${money.name}.*7,777`) })
        .first()
        .waitFor()
    })
  })
}

/** With another that waits for the same name: it is said what becomes of it. */
async function agree(
  { page, url }: Visit,
  { asked, household }: { asked: string; household: string },
): Promise<void> {
  await page.setViewportSize(DESK)
  await page.goto(`${url}/change-requests?whose=to-check`)
  await page.locator('.change-request-row').first().waitFor()
  expect.soft(await seriousProblems(page), 'requests').toEqual([])
  await picture(page, 'changing-list-1280')
  await onPhone(page, 'changing-list-375')
  await page.goto(asked)
  await page.getByText('另有申请要更正同一项').waitFor()
  expect.soft(await seriousProblems(page), 'a request').toEqual([])
  await picture(page, 'changing-request-1280')
  await onPhone(page, 'changing-request-375')
  const dialog = page.getByRole('dialog', { name: '同意更正' })
  await page.keyboard.press('a')
  await dialog.getByText('申请中有遮盖的内容').waitFor()
  await dialog.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '说明事由' }).click()
  await page.getByLabel('查看事由').fill('审核更正申请')
  await page.keyboard.press('Enter')
  await page.getByText('13911112222').waitFor()
  await page.keyboard.press('a')
  await dialog.getByRole('button', { name: '同意更正' }).click()
  await dialog.getByText('请选定另一份申请如何处理').waitFor()
  await dialog.getByText('更新后再审核').click()
  expect.soft(await seriousProblems(page), 'approving').toEqual([])
  await picture(page, 'changing-approve-1280')
  await dialog.getByRole('button', { name: '同意更正' }).click()
  await page.locator('.change-request-title', { hasText: '已更正' }).waitFor()
  await page.goto(household)
  await page.locator('.member', { hasText: '欧阳更正' }).waitFor()
  await picture(page, 'changing-household-1280')
  await onPhone(page, 'changing-household-375')
}

/** Returned with why, and handed in again by whoever asked: what was asked stands in the form. */
async function comeBack(official: Visit, advisor: Visit, address: string): Promise<void> {
  await official.page.goto(address)
  await official.page.getByRole('button', { name: '退回补正' }).waitFor()
  await official.page.keyboard.press('r')
  const returning = official.page.getByRole('dialog', { name: '退回补正' })
  await returning.getByLabel('理由').fill('请写明户口簿页码')
  await returning.getByRole('button', { name: '退回补正' }).click()
  await official.page.locator('.change-request-title', { hasText: '已退回' }).waitFor()
  const { page } = advisor
  await page.goto(address)
  await page.getByText('请写明户口簿页码').waitFor()
  await page.getByRole('button', { name: '补正后重新提交' }).click()
  const amending = page.getByRole('dialog', { name: '补正后重新提交' })
  expect(await amending.getByRole('spinbutton').inputValue()).toMatch(/7,?777/)
  await amending.getByLabel('材料编号或存放处').fill('户口簿第 3 页')
  expect.soft(await seriousProblems(page), 'amending').toEqual([])
  await picture(page, 'changing-amend-1280')
  await amending.getByRole('button', { name: '提交申请' }).click()
  await page.locator('.change-request-title', { hasText: '待审核' }).waitFor()
}

/** What stood, what stands now and what is asked for, side by side. */
async function rebase({ page }: Visit, address: string): Promise<void> {
  await page.goto(address)
  await page.getByText('申请后有变动').waitFor()
  expect(await page.getByRole('button', { name: '同意更正' }).count()).toBe(0)
  expect.soft(await seriousProblems(page), 'out of date').toEqual([])
  await picture(page, 'changing-rebase-1280')
  await onPhone(page, 'changing-rebase-375')
  await page.getByRole('button', { name: '按现登记更新申请' }).click()
  await page.getByRole('button', { name: '同意更正' }).click()
  const dialog = page.getByRole('dialog', { name: '同意更正' })
  await dialog.getByRole('button', { name: '同意更正' }).click()
  await page.locator('.change-request-title', { hasText: '已更正' }).waitFor()
}

async function onPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize(PHONE)
  await picture(page, name)
  expect.soft(await sidewaysScroll(page), name).toBe(0)
  await page.setViewportSize(DESK)
}

async function get<T>({ context, url }: Visit, path: string): Promise<T> {
  return (await (await context.request.get(`${url}/api${path}`)).json()) as T
}

async function send<T>(
  visit: Visit,
  method: 'POST' | 'PUT',
  path: string,
  data: object,
): Promise<T> {
  const { csrf } = await get<{ csrf: string }>(visit, '/session')
  const answer = await visit.context.request.fetch(`${visit.url}/api${path}`, {
    method,
    data,
    headers: { 'x-qiao-csrf': csrf },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  return (await answer.json()) as T
}

const post = <T>(visit: Visit, path: string, data: object) => send<T>(visit, 'POST', path, data)
const put = <T>(visit: Visit, path: string, data: object) => send<T>(visit, 'PUT', path, data)
