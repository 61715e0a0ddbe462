// Unit tests of the phone's half. Logic runs in plain Node; a test that mounts a component asks for happy-dom in its first line
// (// @vitest-environment happy-dom). Its own file, so that vitest never builds the service worker.

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
  },
  test: {
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
    environment: 'node',
    sequence: { shuffle: true },
    restoreMocks: true,
    unstubGlobals: true,
    fileParallelism: false,
    server: { deps: { inline: ['vue-i18n'] } },
  },
})
