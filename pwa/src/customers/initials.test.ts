// What the rough letters find: names of shops as they are, in any mixture of scripts.

import { expect, test } from 'vitest'
import { roughInitials } from './initials'

test.each([
  ['汇暻生活广场店', 'hjshgcd'],
  ['春晖便利店(世纪大道店)', 'chbldsjddd'],
  ['顺发超市（张杨路店）', 'sfcszyld'],
  ['东升烟酒店', 'dsyjd'],
  ['阿毛饭店', 'amfd'],
  ['五角场万达 A1 座', 'wjcwda1z'],
  ['鸥鹏热带日用品', 'oprdryp'],
  ['ABC 24', 'abc24'],
])('%s is found by %s', (name, initials) => {
  expect(roughInitials(name)).toBe(initials)
})
