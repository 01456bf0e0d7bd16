import type { Locator, Page } from 'playwright-core'

/** Writes something that makes sense into the value of a fact form, whatever it asks for. */
export async function fillIn(page: Page, form: Locator): Promise<void> {
  const value = form.locator('.fact-form-value')
  if ((await value.locator('.ant-radio-group').count()) > 0) {
    await value.getByText('否', { exact: true }).click()
  } else if ((await value.locator('.ant-select').count()) > 0) {
    await value.locator('.ant-select').click()
    await page.locator('.ant-select-item-option').first().click()
  } else if ((await value.locator('.ant-picker').count()) > 0) {
    await value.locator('input').fill('1990-01-01')
    await page.keyboard.press('Enter')
  } else await value.locator('input').fill('0')
}
