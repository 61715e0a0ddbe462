// How the app is built: one bundle for old phones (chrome87, safari14), words compiled ahead, the service worker's precache without
// desk pages and the kit page. Nothing here may put a script or a style inline: the page is served under a strict CSP.

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { chunks } from './build/chunks.ts'
import { divisions } from './build/divisions.ts'
import { manifest } from './build/manifest.ts'
import { phoneFiles } from './build/phone_files.ts'
import { words } from './build/words.ts'

const server = `http://127.0.0.1:${process.env.ROUNDSMAN_PORT ?? '8000'}`

export default defineConfig(({ command }) => {
  const phone = phoneFiles()
  const isBuilding = command === 'build'
  return {
    plugins: [
      vue(),
      words(),
      divisions(),
      phone.plugin,
      VitePWA({
        strategies: 'injectManifest',
        srcDir: 'src',
        filename: 'worker.ts',
        injectRegister: false,
        registerType: 'prompt',
        manifest,
        includeManifestIcons: false,
        injectManifest: {
          globPatterns: ['**/*.{js,css,html,svg,webmanifest,wasm}'],
          maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
          manifestTransforms: [phone.transform],
          target: 'safari14',
        },
      }),
    ],
    define: {
      __VUE_OPTIONS_API__: JSON.stringify(!isBuilding),
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      target: ['chrome87', 'safari14'],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      manifest: true,
      reportCompressedSize: false,
      rolldownOptions: { output: { codeSplitting: chunks } },
    },
    server: {
      proxy: { '/api': server, '/healthz': server, '/readyz': server },
    },
  }
})
