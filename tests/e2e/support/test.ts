// Playwright's test with what every end-to-end test here needs: a server of its own, people's phones and desks, all ended afterwards.

import { test as base } from '@playwright/test'
import { type Desk, deskOf } from './desk'
import { Phone, type PhoneOptions } from './phone'
import { Server } from './server'

interface Mine {
  /** A phone (or desk screen) nobody has signed in on. */
  phoneOf: (options?: PhoneOptions) => Promise<Phone>
  /** The server over plain HTTP as one of the demonstration's people. */
  deskFor: (login: string) => Promise<Desk>
}

export const test = base.extend<Mine & { server: Server }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  server: async ({}, use, info) => {
    const server = await Server.start()
    await use(server)
    if (info.status !== info.expectedStatus && server.log) await info.attach('server.log', { body: server.log })
    await server.end()
  },
  phoneOf: async ({ browser, server }, use) => {
    const phones: Phone[] = []
    await use(async (options) => {
      const phone = await Phone.open(browser, server, options)
      phones.push(phone)
      return phone
    })
    for (const phone of phones) await phone.end()
  },
  deskFor: async ({ server }, use) => {
    const desks: Desk[] = []
    await use(async (login) => {
      const desk = await deskOf(server, login)
      desks.push(desk)
      return desk
    })
    for (const desk of desks) await desk.end()
  },
})

export { expect } from '@playwright/test'
