// The server loses: people work, a backup is taken, they work on, and the server comes back as it was at the backup. Whatever was
// acknowledged since is there again exactly once, brought by the phones; also when somebody only copied the old file back.

import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Desk, deskOf } from './support/desk'
import { differences, heldBy } from './support/held'
import type { Phone } from './support/phone'
import { addCustomer, checkIn, checkOut, photograph, photoStops, type Stop } from './support/round'
import { ROOT, type Server } from './support/server'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 240_000 })

const ROUNDSMAN = join(ROOT, '.venv', 'bin', 'roundsman')

function roundsman(server: Server, ...args: string[]): string {
  const env = { ...process.env, ROUNDSMAN_DATA: server.data, ROUNDSMAN_LOG: 'warning' }
  return execFileSync(ROUNDSMAN, args, { env, cwd: ROOT, encoding: 'utf8' })
}

const fileOf = (server: Server) => join(server.data, 'roundsman.db')

function putAside(server: Server): void {
  for (const tail of ['', '-wal', '-shm']) rmSync(`${fileOf(server)}${tail}`, { force: true })
}

interface Way {
  /** While the server runs. */
  keep(server: Server): void
  /** While it stands still. */
  bringBack(server: Server): void
}

const copied: Way = {
  keep: (server) => {
    const copy = join(server.data, 'yesterday')
    roundsman(server, 'backup', copy)
    mkdirSync(join(server.data, 'unpacked'))
    execFileSync('tar', ['-xf', copy, '-C', join(server.data, 'unpacked'), 'database'])
  },
  bringBack: (server) => {
    putAside(server)
    copyFileSync(join(server.data, 'unpacked', 'database'), fileOf(server))
  },
}

const ways: [string, Way][] = [
  [
    'restored from its backup, the photos too',
    {
      keep: (server) => {
        const folder = join(server.data, 'backups')
        mkdirSync(folder)
        roundsman(server, 'backup', folder, '--keep', '2')
      },
      bringBack: (server) => {
        putAside(server)
        rmSync(join(server.data, 'photos'), { recursive: true })
        roundsman(server, 'restore', join(server.data, 'backups'))
      },
    },
  ],
  ['the old file is copied back', copied],
  [
    'the old file is copied back on another machine, so that only phones can notice',
    {
      keep: copied.keep,
      bringBack: (server) => {
        copied.bringBack(server)
        renameSync(join(server.data, 'histories'), join(server.data, 'histories-of-the-other'))
      },
    },
  ],
]

async function visit(phone: Phone, stop: Stop): Promise<void> {
  await phone.standAt(stop.place)
  await phone.page.goto('/today')
  await checkIn(phone.page, stop)
  await photograph(phone.page, '门头照', 1)
  await checkOut(phone.page, stop.name)
}

async function isWhatTheServerSays(phone: Phone, server: Server, login: string): Promise<void> {
  const fresh: Desk = await deskOf(server, login)
  const compared = async () => differences(await heldBy(phone.page), await fresh.everything())
  await expect.poll(compared, { timeout: 60_000 }).toEqual([])
  await fresh.end()
}

for (const [name, way] of ways) {
  test(name, async ({ phoneOf, deskFor, server }) => {
    const desk = await deskFor('wang')
    const [first, second] = (await photoStops(desk)) as [Stop, Stop]
    const wang = await phoneOf({ place: first.place })
    const li = await phoneOf({ place: first.place })
    const boss = await phoneOf({ place: first.place })
    await wang.signIn('wang')
    await li.signIn('li')
    await boss.signIn('zhou')
    for (const phone of [wang, li, boss]) {
      await phone.installed()
      await phone.settled()
    }
    const epoch = () => server.rows<{ epoch: string }>('SELECT epoch FROM sync_meta')[0]?.epoch

    await test.step('work, a backup, more work, all of it acknowledged', async () => {
      await visit(wang, first)
      await addCustomer(li.page, '备份之前的店')
      for (const phone of [wang, li]) await phone.settled()
      way.keep(server)
      await visit(wang, second)
      await addCustomer(wang.page, '备份之后的店')
      await addCustomer(li.page, '备份之后的另一家')
      for (const phone of [wang, li, boss]) await phone.settled()
      await expect
        .poll(() => server.count("SELECT count(*) FROM photos WHERE state = 'stored'"), { timeout: 30_000 })
        .toBe(2)
    })

    const before = epoch()
    await test.step('the server comes back as it was', async () => {
      await server.down()
      way.bringBack(server)
      await server.up()
      expect(server.count('SELECT count(*) FROM visits WHERE person_id = ?', desk.person.id)).toBeLessThan(2)
    })

    await test.step('everything that was acknowledged is there again, once', async () => {
      for (const phone of [wang, li, boss]) await phone.page.reload()
      await expect.poll(epoch, { timeout: 60_000 }).not.toBe(before)
      const counted = () => [
        server.count("SELECT count(*) FROM customers WHERE name LIKE '备份之%'"),
        server.count("SELECT count(*) FROM visits WHERE person_id = ? AND state = 'done'", desk.person.id),
        server.count('SELECT count(*) FROM visits WHERE person_id = ?', desk.person.id),
        server.count('SELECT count(*) FROM visit_steps WHERE person_id = ?', desk.person.id),
        server.count("SELECT count(*) FROM photos WHERE state = 'stored'"),
        server.count('SELECT count(*) FROM photos'),
      ]
      await expect.poll(counted, { timeout: 90_000 }).toEqual([3, 2, 2, 2, 2, 2])
      for (const phone of [wang, li, boss]) await phone.settled()
      await isWhatTheServerSays(wang, server, 'wang')
      await isWhatTheServerSays(li, server, 'li')
      await isWhatTheServerSays(boss, server, 'zhou')
      expect(counted()).toEqual([3, 2, 2, 2, 2, 2])
    })
    for (const phone of [wang, li, boss]) expect(phone.complaints).toEqual([])
  })
}
