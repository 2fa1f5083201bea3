import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { createToken, getMe, listOrganisations } from '@/api/auth'
import type { Credentials, Me, Organisation } from '@/api/auth'
import { ApiError, clearToken, readToken, storeToken } from '@/api/client'

export const useAuthStore = defineStore('auth', () => {
  const me = ref<Me | null>(null)
  const organisations = ref<Organisation[]>([])
  const isSignedIn = computed(() => me.value !== null)

  async function load() {
    const [person, page] = await Promise.all([getMe(), listOrganisations({ limit: 100 })])
    me.value = person
    organisations.value = page.items
  }

  async function signIn(credentials: Credentials) {
    clearToken()
    const { token } = await createToken(credentials)
    storeToken(token)
    await load()
  }

  async function restore() {
    if (me.value || !readToken()) return
    try {
      await load()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }

  function forget() {
    clearToken()
    me.value = null
    organisations.value = []
  }

  return { me, organisations, isSignedIn, signIn, restore, forget }
})
