// The shutter takes what is seen at every tap, however quickly one follows the other.

import { metresNorthOf } from './support/phone'
import { checkIn, photoStops, type Stop } from './support/round'
import { expect, test } from './support/test'

test('three quick taps are three pictures, also when the camera is closed at once', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const [stop] = (await photoStops(await deskFor('wang'))) as [Stop]
  const phone = await phoneOf({ place: metresNorthOf(stop.place, 20) })
  const { page } = phone
  await phone.signIn('wang')
  await phone.settled()
  await checkIn(page, stop)
  const step = page.locator('.visit-step', { hasText: '门头照' })
  await step.locator('.visit-shoot').click()
  const camera = page.getByRole('dialog', { name: '拍照' })
  await expect(camera.getByRole('button', { name: '拍照' })).toBeEnabled({ timeout: 15_000 })
  await camera.evaluate((dialog) => {
    const shutter = dialog.querySelector<HTMLButtonElement>('.camera-shutter')
    for (let tap = 0; tap < 3; tap += 1) shutter?.click()
    dialog.querySelector<HTMLButtonElement>('.camera-done')?.click()
  })
  await expect(camera).toBeHidden()
  // Three pictures and the button that takes the next.
  await expect(step.locator('.visit-photos li')).toHaveCount(4)
  await phone.settled()
  await expect
    .poll(
      () =>
        server.rows<{ n: number }>(
          "SELECT count(*) AS n FROM photos WHERE owner_table = 'visit_steps' AND state = 'stored' AND owner_id IN (SELECT s.id FROM visit_steps s JOIN visits v ON v.id = s.visit_id WHERE v.state = 'open')",
        )[0]?.n,
      {
        timeout: 30_000,
      },
    )
    .toBe(3)
  expect(phone.complaints).toEqual([])
})
