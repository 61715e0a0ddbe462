// The list of divisions is packed without losing any, and a list that is out of order is refused.

import { describe, expect, it } from 'vitest'
import { packed } from './divisions.ts'

describe('packed', () => {
  it('nests by the codes', () => {
    const csv =
      'code,name\n11,北京市\n1101,市辖区\n110101,东城区\n110102,西城区\n46,海南省\n4604,儋州市\n460400,儋州市\n'
    expect(packed(csv)).toBe('11北京市|市辖区,东城区,西城区\n46海南省|儋州市,儋州市')
  })

  it('refuses what is out of order or under nothing', () => {
    expect(() => packed('code,name\n11,北京市\n1102,县\n1101,市辖区')).toThrow('out of place')
    expect(() => packed('code,name\n11,北京市\n1201,市辖区')).toThrow('under nothing')
    expect(() => packed('code,name\n11,北京市\n1101,')).toThrow('out of place')
  })
})
