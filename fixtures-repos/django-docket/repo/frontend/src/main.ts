import { createPinia } from 'pinia'
import { createApp } from 'vue'

import App from '@/App.vue'
import { setUnauthorisedHandler } from '@/api/client'
import { createAppRouter } from '@/router'
import { useAuthStore } from '@/stores/auth'
import '@/styles/main.css'

const app = createApp(App)
app.use(createPinia())

const router = createAppRouter()
app.use(router)

setUnauthorisedHandler(() => {
  useAuthStore().forget()
  const current = router.currentRoute.value
  if (current.matched.length && !current.meta.public) {
    void router.push({ name: 'login', query: { next: current.fullPath } })
  }
})

app.mount('#app')
