/// <reference types="vite/client" />

// For ESLint's type information, which does not look into .vue files; vue-tsc does.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, object>
  export default component
}
