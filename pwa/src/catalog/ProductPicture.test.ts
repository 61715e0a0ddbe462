// @vitest-environment happy-dom
// A picture that cannot be had gives way to a smaller one, and that to a character; the place keeps its name.

import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ProductPicture from './ProductPicture.vue'

test('the large picture, else the small one, else the first character', async () => {
  const picture = mount(ProductPicture, { props: { id: 'p1', name: '苏打水', n: 2 } })
  expect(picture.get('img').attributes()).toMatchObject({
    src: '/api/files/photos/p1?size=full',
    alt: '苏打水 的图片 2',
  })
  await picture.get('img').trigger('error')
  expect(picture.get('img').attributes('src')).toBe('/api/files/photos/p1?size=thumb')
  await picture.get('img').trigger('error')
  expect(picture.find('img').exists()).toBe(false)
  expect(picture.get('[role=img]').text()).toBe('苏')
  expect(picture.get('[role=img]').attributes('aria-label')).toBe('苏打水 的图片 2')
})
