import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `assets/` holds what has a hash in its name, and is kept by browsers for a year; the gateway relies on that name.
export default defineConfig({
  plugins: [react(), tailwind()],
  build: { assetsDir: 'assets', manifest: true, reportCompressedSize: false, assetsInlineLimit: 0 },
  server: { proxy: { '^/(api|readyz|home|docs|openapi.json)': 'http://localhost:8000' } },
});
