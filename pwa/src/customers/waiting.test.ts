// What is done to a new customer that still waits in the outbox hangs on it: given up, mended and sent again together.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeStore, gatherDomains, issues, openEngine, openStore, outboxItems } from '../sync'
import { options } from '../sync/testing/open'
import { TestServer } from '../sync/testing/server'
import type { ContactRow, CustomerRow } from '../wire/feeds'
import { addCustomer, archiveCustomer, askPin, editCustomer, effects, removeContact, setContact } from './commands'
import { customers } from './index'

const HERE = { latitude_e7: 1, longitude_e7: 2, accuracy_m: 9, taken_at: 1, count: 1 }
const NEW = { name: '新店', territory_id: 't', class_id: null, phone: '', address: '', remark: '', fix: null }
const CONTACT = { name: '小李', phone: '', position: '', is_main: false }

beforeEach(async () => {
  gatherDomains([customers], { customers: 1, contacts: 1, customer_pins: 1, people: 1, photos: 1 })
  await openStore({ id: 'person-1' }, { ...options(new TestServer()), effects })
})

afterEach(async () => {
  await closeStore()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

test('an edit, a contact, a pin and putting away hang on the new customer they are about', async () => {
  const id = await addCustomer({ ...NEW, contact_name: '小王' })
  const [add] = outboxItems.value
  const view = openEngine().overlays.view
  await openEngine().need(['customers', 'contacts'])
  const [main] = view.where('contacts', 'customer_id', id) as unknown as ContactRow[]
  await editCustomer(view.get('customers', id) as unknown as CustomerRow, { remark: '好' })
  await setContact({ ...CONTACT, customer_id: id })
  await removeContact(main?.id ?? '')
  await askPin(id, HERE, '')
  await archiveCustomer(id)
  expect(outboxItems.value.map(({ name, deps }) => [name, deps])).toEqual([
    ['customers.add', []],
    ['customers.edit', [add?.uuid]],
    ['customers.set_contact', [add?.uuid]],
    ['customers.remove_contact', [add?.uuid]],
    ['customers.ask_pin', [add?.uuid]],
    ['customers.archive', [add?.uuid]],
  ])
  expect(issues.value).toEqual([])
})

test('a contact taken away hangs on the command that made it, other customers on nothing', async () => {
  await addCustomer({ ...NEW, contact_name: '' })
  await setContact({ ...CONTACT, customer_id: 'old', contact_id: 'k1' })
  await removeContact('k1')
  const [, set, remove] = outboxItems.value
  expect(set?.deps).toEqual([])
  expect(remove?.deps).toEqual([set?.uuid])
})
