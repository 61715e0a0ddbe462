// Unit tests of the phone's half. Logic runs in plain Node; a test that mounts a component asks for happy-dom in its first line
// (// @vitest-environment happy-dom). Its own file, so that vitest never builds the service worker.

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { divisions } from './build/divisions.ts'
import { words } from './build/words.ts'
import { seededBugs } from './src/sync/testing/seeded_bugs.ts'

export default defineConfig({
  plugins: [seededBugs(), vue(), words(), divisions()],
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  test: {
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['src/core/words.setup.ts'],
    sequence: { shuffle: true },
    restoreMocks: true,
    unstubGlobals: true,
    fileParallelism: false,
  },
})
