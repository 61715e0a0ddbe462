// Messages on the phone: what others did that concerns this person, read or not; the count of what is not stands at "me".

import { watch } from 'vue'
import type { Domain } from '../core/domain'
import { isOpen } from '../sync'

export const messages: Domain = {
  name: 'messages',
  routes: [
    {
      path: '/messages',
      name: 'messages',
      component: () => import('./MessagesPage.vue'),
      meta: { title: 'messages.title', parent: 'me' },
    },
    {
      path: '/messages/settings',
      name: 'message-settings',
      component: () => import('./MessageSettingsPage.vue'),
      meta: { title: 'messages.settings', parent: 'messages' },
    },
  ],
  sections: [{ page: 'me', part: async () => (await import('./MyMessages.vue')).default, order: 5 }],
  stores: { messages: {}, message_settings: {}, push_subscriptions: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
  start(app) {
    // A tapped notification finds the app open.
    navigator.serviceWorker?.addEventListener('message', ({ data }) => {
      if (data?.type === 'OPEN') void app.config.globalProperties.$router.push(data.path)
    })
    watch(isOpen, (open) => {
      if (open) import('./unread').then(({ countUnread }) => countUnread()).catch(() => {})
    })
  },
}
