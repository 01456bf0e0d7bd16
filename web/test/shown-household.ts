import type { Page } from 'playwright-core'

/** One programme as a reader of the page sees it. */
export interface ShownResult {
  programme: string
  tier: string | null
  member: string | null
  verdict: string
  amount: string | null
  provisional: string | null
  conditions: { text: string; own: string; verdict: string }[]
}

/** Unfolds every programme and every list of facts, so that all of it can be read. */
async function unfold(page: Page): Promise<void> {
  await page.locator('.programme').first().waitFor()
  const more = page.locator('.programme-more')
  if (await more.isVisible()) await more.click()
  const fold = page.locator('.programme-fold[aria-expanded=false]')
  if ((await fold.count()) > 0) await fold.click()
  const closed = '.programme-open[aria-expanded=false]'
  await page.evaluate((selector) => {
    for (const button of document.querySelectorAll<HTMLElement>(selector)) button.click()
  }, closed)
  await page.locator(closed).first().waitFor({ state: 'detached' })
  await page.evaluate(() => {
    for (const more of document.querySelectorAll<HTMLElement>('.reads-more')) more.click()
  })
  await page.locator('.reads-more').first().waitFor({ state: 'detached' })
}

/** Reads from the screen what the page of a household says of every programme. */
export async function readShown(page: Page): Promise<ShownResult[]> {
  await unfold(page)
  return page.locator('.programme').evaluateAll((articles) =>
    articles.map((article) => {
      // Only what can be seen counts: innerText leaves out what is hidden.
      const textOf = (selector: string, inside: Element = article) => {
        const found = inside.querySelector<HTMLElement>(selector)
        return found ? found.innerText.replace(/\s+/g, ' ').trim() : null
      }
      const word = (text: string | null) => (text ?? '').replace(/^[✓?–●→]\s*/, '')
      return {
        programme: article.getAttribute('data-programme') ?? '',
        tier: article.getAttribute('data-tier'),
        member: article.getAttribute('data-member'),
        verdict: word(
          textOf('.receiving-since .verdict') ?? textOf('.programme-verdicts .verdict'),
        ),
        amount: textOf('.worked-out-amount > :first-child'),
        provisional: textOf('.provisional-answer'),
        conditions: [...article.querySelectorAll('.condition')].map((row) => ({
          text: textOf('th', row) ?? '',
          own: textOf('td:nth-child(2)', row) ?? '',
          verdict: word(textOf('.verdict', row)),
        })),
      }
    }),
  )
}
