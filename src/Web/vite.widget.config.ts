import { defaultClientConditions, defineConfig } from 'vite'
import { withinBudget } from './build/budget.ts'

// The student widget: one file that any page may embed, with everything in it. See docs/widget.md.
export default defineConfig({
  plugins: [withinBudget('widget.js')],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  publicDir: false,
  build: {
    outDir: '../Gateway/wwwroot',
    emptyOutDir: false,
    // Web views of phones that are some years old.
    target: ['chrome97', 'safari15.4'],
    modulePreload: false,
    rollupOptions: {
      input: 'src/widget/main.tsx',
      output: { format: 'iife', entryFileNames: 'widget.js' },
    },
  },
})
