// Starts the app on the page. What it consists of is gathered elsewhere.

import { createApp, h } from 'vue'
import './core/ui/tokens.css'
import './core/ui/base.css'

createApp({ render: () => h('main', '行商') }).mount('#app')
