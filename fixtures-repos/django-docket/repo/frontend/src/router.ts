import { createRouter, createWebHistory, type RouterHistory } from 'vue-router'

import { useAuthStore } from '@/stores/auth'

declare module 'vue-router' {
  interface RouteMeta {
    public?: boolean
  }
}

export function createAppRouter(history: RouterHistory = createWebHistory()) {
  const router = createRouter({
    history,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      {
        path: '/login',
        name: 'login',
        component: () => import('@/views/LoginView.vue'),
        meta: { public: true },
      },
      {
        path: '/',
        redirect: { name: 'projects' },
      },
      {
        path: '/projects',
        name: 'projects',
        component: () => import('@/views/ProjectListView.vue'),
      },
      {
        path: '/projects/:projectId',
        name: 'project',
        component: () => import('@/views/ProjectView.vue'),
        props: true,
      },
      {
        path: '/documents/:documentId',
        name: 'document',
        component: () => import('@/views/DocumentView.vue'),
        props: true,
      },
      {
        path: '/:path(.*)*',
        redirect: { name: 'projects' },
      },
    ],
  })

  router.beforeEach(async (to) => {
    const auth = useAuthStore()
    await auth.restore()
    if (!auth.isSignedIn && !to.meta.public) {
      return { name: 'login', query: { next: to.fullPath } }
    }
    if (auth.isSignedIn && to.name === 'login') {
      return { name: 'projects' }
    }
    return true
  })

  return router
}
