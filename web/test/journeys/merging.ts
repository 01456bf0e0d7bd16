import { describe, expect, test } from 'vitest'
import type { Composition, Household, ListedDuplicate } from '../../src/api/views.ts'
import { DESK, type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

interface Listed {
  items: ListedDuplicate[]
}

/** 合并重复记录: somebody entered twice becomes one person, and two again where that was a mistake. */
export function merging(hosting: () => Hosting): void {
  describe('somebody entered twice', () => {
    test('is found, made one record, and two again', { timeout: 90_000 }, async () => {
      const { page, context, url } = await hosting().arrive({ role: '街镇' })
      await page.setViewportSize(DESK)
      const get = async <T>(path: string) =>
        (await (await context.request.get(`${url}/api${path}`)).json()) as T
      const { csrf } = await get<{ csrf: string }>('/session')
      const post = async <T>(path: string, data: object) => {
        const headers = { 'x-qiao-csrf': csrf }
        const answer = await context.request.post(`${url}/api${path}`, { data, headers })
        expect(answer.status(), await answer.text()).toBe(200)
        return (await answer.json()) as T
      }
      const { items } = await get<{ items: { id: number }[] }>('/households?size=1')
      const known = await get<Household>(`/households/${items[0]?.id}`)
      const name = known.members[0]?.name ?? ''
      const { id: searchId } = await post<{ id: string }>('/households/search', { name })
      const head = { name, noNumberBecause: 'lost', searchId }
      const entry = { area: known.area.id, address: '青湖路8弄8号', head }
      const made = await post<{ id: number }>('/households', entry)
      const living = async (id: number) =>
        (await get<Composition>(`/households/${id}/composition?on=2025-06-01`)).members.length

      const found = async () =>
        (await get<Listed>('/duplicates?size=100')).items.find(
          (one) => one.second.householdId === made.id,
        )
      await expect.poll(found, { timeout: 20_000 }).toBeDefined()
      await page.goto(`${url}/duplicates/${(await found())?.id}`)
      await page.getByRole('heading', { name: `${name} 与 ${name}` }).waitFor()
      await page.keyboard.press('m')
      const dialog = page.getByRole('dialog', { name: '合并为一份记录' })
      await dialog
        .getByText('那一户不再有成员')
        .or(dialog.getByText('从原来的家庭中离户'))
        .waitFor()
      await dialog.getByRole('button', { name: '确认合并' }).click()
      await dialog.getByText('请写明怎样核实的').waitFor()
      await dialog.getByLabel('认定依据').fill('身份证一致，同一人重复登记')
      expect.soft(await seriousProblems(page), 'merging').toEqual([])
      await picture(page, 'merging-1280')
      await dialog.getByRole('button', { name: '确认合并' }).click()
      await page.getByText('认定是同一个人，已合并').waitFor()
      expect(await living(made.id)).toBe(0)

      await page.getByRole('button', { name: '撤销合并' }).click()
      const undoing = page.getByRole('dialog', { name: '撤销合并' })
      await undoing.getByLabel('撤销原因').fill('核实后是两个人')
      expect.soft(await seriousProblems(page), 'undoing').toEqual([])
      await undoing.getByRole('button', { name: '撤销合并' }).click()
      await page.getByRole('button', { name: '是同一个人，合并' }).waitFor()
      expect(await living(made.id)).toBe(1)
      await page.setViewportSize(PHONE)
      await page.getByRole('button', { name: '是同一个人，合并' }).click()
      await dialog.getByText('哪一份记录').waitFor()
      await picture(page, 'merging-375')
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
}
