import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Composition, Household } from '../../src/api/views.ts'
import { DESK, type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

interface Listed {
  items: { id: number; size: number }[]
}

async function choose(page: Page, dialog: Locator, label: string, option: string): Promise<void> {
  await dialog.getByLabel(label, { exact: true }).click()
  await page.getByTitle(option, { exact: true }).last().click()
}

async function begin(page: Page, change: string): Promise<Locator> {
  await page.getByRole('button', { name: '成员变动' }).click()
  await page.getByRole('menuitem', { name: change }).click()
  const dialog = page.getByRole('dialog', { name: change })
  await dialog.getByRole('button', { name: '取消' }).waitFor()
  return dialog
}

/** 分户、加入、迁居: members go and come between households, and a household moves with all of it. */
export function composing(hosting: () => Hosting): void {
  describe('who lives together', () => {
    const arrive = async () => {
      const visit = await hosting().arrive({ role: '街镇' })
      await visit.page.setViewportSize(DESK)
      const get = async <T>(path: string) =>
        (await (await visit.context.request.get(`${visit.url}/api${path}`)).json()) as T
      const ofSize = async (wanted: number): Promise<number> => {
        for (let at = 1; ; at++) {
          const { items } = await get<Listed>(`/households?size=100&page=${at}`)
          const found = items.find(({ size }) => size === wanted)
          if (found) return found.id
          if (items.length === 0) throw new Error(`no household has ${wanted} members`)
        }
      }
      const members = (id: number) =>
        get<Composition>(`/households/${id}/composition?on=2025-06-01`).then((one) => one.members)
      return { ...visit, get, ofSize, members }
    }

    test('a member founds a household of their own, and it is taken back', async () => {
      const { page, url, ofSize, members } = await arrive()
      const id = await ofSize(3)
      const before = await members(id)
      const second = before[1]?.name ?? ''
      await page.goto(`${url}/households/${id}`)
      const dialog = await begin(page, '登记分户')
      await dialog.getByLabel('新住址').fill('青湖路8弄8号')
      await dialog.getByLabel('依据').fill('户口簿')
      await dialog.getByRole('button', { name: '登记' }).click()
      await dialog.getByText('请选出另立一户的成员，其中一位为户主').waitFor()
      await choose(page, dialog, second, '户主')
      expect.soft(await seriousProblems(page), 'splitting').toEqual([])
      await picture(page, 'splitting-1280')
      await dialog.getByRole('button', { name: '登记' }).click()
      await page.getByText('已登记，待遇和线索随后重新匹配').waitFor()
      expect((await members(id)).map(({ name }) => name)).not.toContain(second)
      await page.getByRole('button', { name: '打开新户' }).click()
      await page.getByRole('heading', { level: 1, name: second }).waitFor()
      await page.getByText('青湖路8弄8号').waitFor()
      await page.goto(`${url}/households/${id}`)
      const back = await begin(page, '撤销最近一次变动')
      await back.getByLabel('原因').fill('登记错了')
      await back.getByRole('button', { name: '撤销' }).click()
      await page.getByText('已撤销，恢复为登记前的家庭成员').waitFor()
      expect(await members(id)).toEqual(before)
    })

    test('somebody on record is found and joins from another household', async () => {
      const { page, url, ofSize, members } = await arrive()
      const [to, from] = [await ofSize(2), await ofSize(1)]
      const name = (await members(from))[0]?.name ?? ''
      await page.goto(`${url}/households/${to}`)
      await page.getByRole('button', { name: '成员变动' }).click()
      await page.getByRole('menuitem', { name: '登记成员', exact: true }).click()
      await page.getByLabel('姓名', { exact: true }).fill(name)
      await page.getByRole('button', { name: '查重' }).click()
      const hit = page.locator('.registering-hits li').filter({
        has: page.locator(`a[href$="/households/${from}"]`),
      })
      await hit.getByRole('button', { name: '加入这户' }).click()
      const dialog = page.getByRole('dialog', { name: /加入这户$/ })
      await choose(page, dialog, '与户主关系', '父母')
      await dialog.getByLabel('依据').fill('本人告知')
      expect.soft(await seriousProblems(page), 'joining').toEqual([])
      await picture(page, 'joining-1280')
      await dialog.getByRole('button', { name: '登记' }).click()
      await page.getByText('已登记，待遇和线索随后重新匹配').waitFor()
      expect((await members(to)).map((one) => one.name)).toContain(name)
      await page.getByRole('button', { name: '撤销' }).click()
      await page.getByText('已撤销，恢复为登记前的家庭成员').waitFor()
      expect((await members(to)).map((one) => one.name)).not.toContain(name)
    })

    test('a household moves to another committee, and who lived in it on a day is seen', async () => {
      const { page, url, get, ofSize } = await arrive()
      const id = await ofSize(4)
      const at = await get<Household>(`/households/${id}`)
      const { areas } = await get<{ areas: { id: string; name: string; level: string }[] }>(
        '/areas',
      )
      const own = at.area.id.slice(0, 9)
      const next = areas.find(
        ({ id: area, level }) =>
          level === 'committee' && area.startsWith(own) && area !== at.area.id,
      )
      await page.goto(`${url}/households/${id}`)
      const dialog = await begin(page, '登记迁居')
      await dialog.getByLabel('迁入居村委会').fill(next?.name ?? '')
      await page
        .getByTitle(next?.name ?? '', { exact: true })
        .last()
        .click()
      await dialog.getByLabel('新住址').fill('青湖路7弄7号')
      await dialog.getByLabel('依据').fill('户口簿')
      expect.soft(await seriousProblems(page), 'moving').toEqual([])
      await picture(page, 'moving-1280')
      await dialog.getByRole('button', { name: '登记' }).click()
      await page.getByText('已登记迁居，由新居村委会负责').waitFor()
      expect((await get<Household>(`/households/${id}`)).area.id).toBe(next?.id)
      await page.goto(`${url}/households/${id}?on=2025-05-01`)
      await page.getByRole('heading', { name: '家庭成员，截至 2025-05-01' }).waitFor()
      await expect.poll(() => page.locator('.members .member').count()).toBe(at.members.length)
      await picture(page, 'members-then-1280')
      await page.getByRole('tab', { name: '事实与来源' }).click()
      await page.getByText(/^截至 2025-05-01 已知 \d+ 项$/).waitFor()
      expect(await page.locator('.fact-table tbody tr').count()).toBeGreaterThan(3)
      await picture(page, 'facts-then-1280')
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'facts-then-375')
      await page.goto(`${url}/households/${id}?on=1931-05-01`)
      await page.getByText('这一天没有登记的成员').waitFor()
    })
  })
}
