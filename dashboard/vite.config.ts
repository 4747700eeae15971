import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoadBudget } from './build/first-load-budget.js';
import { precompress } from './build/precompress.js';

const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:3002';
const proxied = ['/v1', '/api', '/auth', '/health', '/metrics', '/docs'];

export default defineConfig({
  plugins: [react(), tailwindcss(), firstLoadBudget(), precompress()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    // The browser's own Host and Origin stay: the gateway compares them to tell our pages from foreign ones.
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: gateway, changeOrigin: false }])),
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // A strict Content-Security-Policy refuses inlined data, except for small pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'router', test: /node_modules\/@tanstack\/(react-router|router-core|history|react-store|store)\// },
            { name: 'icons', test: /node_modules\/lucide-react\// },
            // What most pages share comes in one file; what few need stays with them.
            { name: 'base', test: /dashboard\/src\/(lib|components\/(?!dialog|tabs|toaster))/, minShareCount: 4 },
            { name: 'query', test: /node_modules\/@tanstack\/(react-query|query-core)\// },
          ],
        },
      },
    },
  },
});
