// Several people at work on the built app through a network that loses, cuts, doubles and delays what they send, while their pages and the
// server die now and then. At the end every phone holds exactly what the server says is his, nothing waits, and each thing is there once.
//
// ROUNDSMAN_STORM_MINUTES and ROUNDSMAN_STORM_PHONES make it longer and wider; ROUNDSMAN_STORM_SEED has the same storm again.

import { type Desk, deskOf, PASSWORD } from './support/desk'
import { differences, heldBy } from './support/held'
import { storm } from './support/network'
import { Phone, type Place } from './support/phone'
import { Postgres } from './support/postgres'
import { addCustomer, checkOut, cornerShops, photograph, type Stop } from './support/round'
import { Server } from './support/server'
import { expect, test } from './support/test'

const MINUTES = Number(process.env.ROUNDSMAN_STORM_MINUTES ?? '0.5')
const PHONES = Number(process.env.ROUNDSMAN_STORM_PHONES ?? '2')
const SEED = Number(process.env.ROUNDSMAN_STORM_SEED ?? Date.now() % 1_000_000)
const ODDS = { lost: 0.06, 'answer lost': 0.06, 'answer cut': 0.06, twice: 0.05, echo: 0.04, portal: 0.03 }

/** A version 7 UUID whose time part is as good as any. */
const newId = () => crypto.randomUUID().replace(/^(.{14})./, '$17')

/** What one person did, to be found again exactly once. */
interface Done {
  customers: string[]
  visits: number
  photos: number
}

interface Worker {
  phone: Phone
  login: string
  personId: string
  done: Done
}

async function hire(office: Desk, count: number): Promise<Pick<Worker, 'login' | 'personId'>[]> {
  const { territories = [] } = await office.everything()
  const [territory] = territories.filter((one) => one.name === '浦东')
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [login, personId] = [`storm${index}`, newId()]
      await office.run('identity.add_person', {
        person_id: personId,
        name: `风雨${index}`,
        login,
        password: PASSWORD,
        roles: ['rep'],
      })
      await office.run('identity.assign', {
        membership_id: newId(),
        person_id: personId,
        territory_id: territory?.id,
        kind: 'member',
      })
      return { login, personId }
    }),
  )
}

async function add({ phone, login, done }: Worker): Promise<void> {
  const name = `${login}的第${done.customers.length + 1}家`
  await addCustomer(phone.page, name)
  done.customers.push(name)
}

async function visit({ phone, done }: Worker, shop: Stop): Promise<void> {
  await phone.standAt(shop.place)
  await phone.page.goto(`/today?check_in=${shop.id}`)
  const sheet = phone.page.getByRole('dialog')
  // Ten browsers on two cores may take longer than people do.
  await expect(sheet).toContainText(shop.name, { timeout: 30_000 })
  await sheet.getByRole('button', { name: '签到', exact: true }).click()
  await expect(phone.page).toHaveURL(/\/visits\//)
  await photograph(phone.page, '门头照', 1)
  done.photos += 1
  await checkOut(phone.page, `第 ${done.visits + 1} 次`)
  done.visits += 1
}

/** The shops by turns, each worker from another one on. */
async function work(worker: Worker, shops: readonly Stop[], first: number, until: number): Promise<void> {
  for (let turn = 0; Date.now() < until; turn += 1) {
    if (turn % 2) await visit(worker, shops[(first + turn) % shops.length] as Stop)
    else await add(worker)
    if (turn % 3 === 2) await worker.phone.killAndReopen()
    if (turn % 4 === 3) {
      await worker.phone.offline()
      await add(worker)
      await worker.phone.online()
    }
  }
}

const databases: [string, (postgres: Postgres) => Promise<Server>][] = [
  ['SQLite', () => Server.start()],
  ['PostgreSQL', async (postgres) => Server.startOn(await postgres.database())],
]

// Last of all, and each as long as many others together.
test.describe.configure({ mode: 'parallel' })

for (const [kind, start] of databases) {
  test(`a storm over ${kind}`, async ({ browser }, info) => {
    test.setTimeout((MINUTES + 5) * 60_000 + PHONES * 60_000)
    info.annotations.push({ type: 'seed', description: String(SEED) })
    const postgres = kind === 'PostgreSQL' ? new Postgres() : null
    const server = await start(postgres as Postgres)
    const office = await deskOf(server, 'chen')
    const hired = await hire(office, PHONES)
    const rows = await office.everything()
    const shops = cornerShops(rows, rows.territories?.find((one) => one.name === '浦东')?.id)
    const workers: Worker[] = []
    try {
      for (const one of hired) {
        const phone = await Phone.open(browser, server, { place: shops[0]?.place as Place })
        workers.push({ ...one, phone, done: { customers: [], visits: 0, photos: 0 } })
        await phone.signIn(one.login)
        await phone.installed()
        await phone.settled()
      }

      const until = Date.now() + MINUTES * 60_000
      workers.forEach(({ phone }, index) => {
        phone.network.weather = storm(SEED + index, ODDS, 400)
      })
      await Promise.all([
        ...workers.map((worker, index) => work(worker, shops, index * 3, until)),
        (async () => {
          while (Date.now() < until) {
            await new Promise((resolve) => setTimeout(resolve, 15_000))
            await server.kill()
            await server.up()
          }
        })(),
      ])

      for (const { phone } of workers) {
        phone.network.weather = () => 'arrives'
      }
      for (const { phone } of workers)
        await expect(phone.badge()).toHaveAccessibleName(/^都已收到/, { timeout: 120_000 })
      await info.attach('met.json', {
        body: JSON.stringify(workers.map(({ phone, done }) => ({ done, met: Object.fromEntries(phone.network.met) }))),
      })

      const taken = workers.reduce((sum, { done }) => sum + done.photos, 0)
      const hiredIds = new Set(workers.map(({ personId }) => personId))
      const arrived = async () =>
        ((await office.everything()).photos ?? []).filter(
          (one) => hiredIds.has(String(one.person_id)) && one.state === 'stored',
        ).length
      await expect.poll(arrived, { timeout: 60_000 }).toBe(taken)
      const { customers = [], visits = [], photos = [] } = await office.everything()
      for (const { personId, done, phone, login } of workers) {
        expect(done.customers.length, 'the storm left time to work').toBeGreaterThan(1)
        expect(done.visits).toBeGreaterThan(0)
        const mine = (rows: readonly Record<string, unknown>[]) => rows.filter((row) => row.person_id === personId)
        const theirs = customers.map((one) => String(one.name)).filter((name) => name.startsWith(`${login}的`))
        expect(theirs.sort()).toEqual([...done.customers].sort())
        expect(mine(visits).length).toBe(done.visits)
        expect(new Set(mine(visits).map((one) => one.state))).toEqual(new Set(['done']))
        expect(mine(photos).length).toBe(done.photos)
        expect(new Set(mine(photos).map((one) => one.state))).toEqual(new Set(['stored']))

        const fresh = await deskOf(server, login)
        const isTheSame = async () => differences(await heldBy(phone.page), await fresh.everything())
        // With its stream of wake-ups cut a phone asks by itself, once a minute.
        await expect.poll(isTheSame, { timeout: 90_000 }).toEqual([])
        await fresh.end()
        expect(phone.complaints).toEqual([])
      }
    } finally {
      for (const { phone } of workers) await phone.end()
      await office.end()
      await server.end()
      await postgres?.end()
    }
  })
}
