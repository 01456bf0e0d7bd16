import { describe, expect, test } from 'vitest'
import type { Composition } from '../../src/api/views.ts'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

interface Listed {
  items: { id: number; size: number }[]
}

/** 成员离户: a head leaves only with a successor, and what was recorded by mistake is taken back. */
export function leaving(hosting: () => Hosting): void {
  describe('a member who leaves', () => {
    test('is recorded with who takes the place of the head, and taken back at once', {
      timeout: 90_000,
    }, async () => {
      const { page, context, url } = await hosting().arrive({ role: '街镇' })
      const get = async <T>(path: string) =>
        (await (await context.request.get(`${url}/api${path}`)).json()) as T
      let id: number | undefined
      for (let at = 1; id === undefined; at++)
        id = (await get<Listed>(`/households?size=100&page=${at}`)).items.find(
          ({ size }) => size >= 3,
        )?.id
      const composition = () =>
        get<Composition>(`/households/${id}/composition?on=2025-06-01`).then((one) => one.members)
      const before = await composition()
      const [head, second, ...others] = before.map(({ name }) => name)
      await page.goto(`${url}/households/${id}`)
      await page.getByRole('button', { name: '成员变动' }).click()
      await page.getByRole('menuitem', { name: '登记成员离户' }).click()
      const dialog = page.getByRole('dialog', { name: '登记成员离户' })
      const choose = async (label: string, option: string) => {
        await dialog.getByLabel(label, { exact: true }).click()
        await page.getByTitle(option, { exact: true }).last().click()
      }
      await choose('离户成员', head ?? '')
      await choose('原因', '死亡')
      await dialog.getByLabel('依据').fill('死亡证明')
      await dialog.getByRole('button', { name: '登记' }).click()
      await dialog.getByText('户主离户，请选定新户主').waitFor()
      await choose('新户主', second ?? '')
      for (const name of others) await choose(`${name}与新户主的关系`, '父母')
      await choose('领取人', second ?? '')
      expect.soft(await seriousProblems(page), 'leaving').toEqual([])
      await picture(page, 'leaving-1280')
      await dialog.getByRole('button', { name: '登记' }).click()
      await page.getByText('已登记，待遇和线索随后重新匹配').waitFor()
      expect((await composition()).map(({ name, relation }) => [name, relation])).toEqual([
        [second, '02'],
        ...others.map((name) => [name, '50']),
      ])
      await page.getByRole('button', { name: '撤销' }).click()
      await page.getByText('已撤销，恢复为登记前的家庭成员').waitFor()
      expect(await composition()).toEqual(before)
      await page.getByText('赡养、抚养、扶养义务人').click()
      await page.getByRole('button', { name: '登记义务人' }).click()
      const owing = page.getByRole('dialog', { name: '登记义务人' })
      await owing.getByLabel('义务人姓名').fill('钱三')
      await owing.getByLabel('是被供养人的什么人').click()
      await page.getByTitle('女儿', { exact: true }).last().click()
      await owing.getByLabel('依据').fill('户口簿')
      expect.soft(await seriousProblems(page), 'supporter').toEqual([])
      await picture(page, 'supporter-1280')
      await owing.getByRole('button', { name: '登记' }).click()
      await page.locator('.supporters').getByText('钱三').waitFor()
      await page.getByRole('button', { name: '终止义务' }).click()
      const ending = page.getByRole('dialog', { name: '终止义务' })
      await ending.getByLabel('原因').fill('已故')
      await ending.getByRole('button', { name: '登记' }).click()
      await page.getByText('已终止，原来的登记仍保留').waitFor()
      await picture(page, 'supporters-1280')
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
}
