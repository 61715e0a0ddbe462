// What the service worker does with a pushed message: shows that there is one, and opens it when tapped. The push says nothing but its
// kind; what it is about is read in the app.

declare const self: ServiceWorkerGlobalScope

interface Pushed {
  id: string
  kind: string
  unread: number
  language: string
}

// The worker has none of the app's words: it must speak when nothing of the app is loaded.
const SAYS: Record<string, Record<string, string>> = {
  'zh-CN': {
    approval_wanted: '有事等您审批',
    order_moved: '订单有变动',
    customer_assigned: '客户换人了',
    comment: '您的工作有新批注',
    target_reached: '目标达成',
    command_refused: '一条记录被退回',
    other: '有新消息',
    app: '行商',
  },
  en: {
    approval_wanted: 'Your approval is wanted',
    order_moved: 'An order moved on',
    customer_assigned: 'A customer changed hands',
    comment: 'A comment on your work',
    target_reached: 'A target was reached',
    command_refused: 'A record was sent back',
    other: 'A new message',
    app: 'Roundsman',
  },
}

/** What was pushed; something to show even when it cannot be read: a browser takes the permission away from who shows nothing. */
function read(data: PushMessageData | null): Partial<Pushed> {
  try {
    return (data?.json() as Partial<Pushed> | null) ?? {}
  } catch {
    return {}
  }
}

async function show({ id, kind = '', unread, language = '' }: Partial<Pushed>): Promise<void> {
  const says = SAYS[language] ?? SAYS['zh-CN'] ?? {}
  const count = typeof unread === 'number' ? unread : null
  await self.registration.showNotification(says[kind] ?? says.other ?? '', {
    body: says.app ?? '',
    icon: '/icons/192.png',
    lang: language || 'zh-CN',
    // The same message sent twice is shown once.
    ...(id ? { tag: id } : {}),
    data: { id },
  })
  const { navigator } = self as unknown as { navigator: { setAppBadge?: (count: number) => Promise<void> } }
  if (count !== null) await navigator.setAppBadge?.(count).catch(() => undefined)
}

/** Brings an open app to the front and has it open the message, without loading it again: something unfinished may be on its screen. */
async function open(id: unknown): Promise<void> {
  const isNamed = typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
  const path = isNamed ? `/messages?open=${id}` : '/messages'
  const [client] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (!client) {
    await self.clients.openWindow(path)
    return
  }
  client.postMessage({ type: 'OPEN', path })
  // Refused where nobody tapped.
  await client.focus().catch(() => undefined)
}

/** Listens from now on. */
export function listenForPushes(): void {
  self.addEventListener('push', (event) => {
    event.waitUntil(show(read(event.data)))
  })
  self.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open((event.notification.data as { id?: unknown } | null)?.id))
  })
}
